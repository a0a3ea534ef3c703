package io.headwaiter.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of the free tables a party gets that names none. */
final class PickTable {

    private PickTable() {}

    /**
     * Walks the tables in the house's static order. The first free one is the choice, unless gaps tell it from those
     * that the criteria before the gap rank like it: these stand next to it, and the tightest wins, the first of equals.
     */
    static @Nullable DiningTable from(FloorPlan plan, int guests, Interval wanted, Ledger taken) {
        Room room = plan.room();
        List<DiningTable> seating = room.tablesFor(guests);
        long cap = plan.longestOccupancy().toNanos();
        DiningTable best = null;
        long tightest = Long.MAX_VALUE;
        for (int i = 0; i < seating.size(); i++) {
            DiningTable table = seating.get(i);
            if (best != null && room.tellsApart(best, table)) {
                break;
            }
            if (taken.isFree(table.id(), wanted)) {
                long gap = taken.gapNanos(table.id(), wanted, cap);
                if (gap < tightest) {
                    best = table;
                    tightest = gap;
                }
            }
        }
        return best;
    }
}
