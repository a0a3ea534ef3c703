package io.headwaiter.worker.deciding;

import io.headwaiter.rules.FloorPlan;
import io.headwaiter.rules.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of the ledger to be read.
 *
 * @param tableId one table, or null for the whole room
 * @param during the range of starts
 */
record Window(long restaurantId, @Nullable Long tableId, Interval during) {

    private static final Comparator<Window> BY_PLACE_AND_TIME = Comparator.comparingLong(Window::restaurantId)
            .thenComparing(Window::tableId, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(window -> window.during().start());

    /** The fewest windows that hold all that deciding these requests can depend on: a rush on one hour reads it once. */
    static List<Window> around(List<Undecided> requests) {
        List<Window> sorted = new ArrayList<>();
        for (Undecided request : requests) {
            FloorPlan plan = request.plan;
            if (plan != null) {
                sorted.add(around(request, plan));
            }
        }
        sorted.sort(BY_PLACE_AND_TIME);
        List<Window> merged = new ArrayList<>();
        for (Window window : sorted) {
            Window last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && last.reaches(window)) {
                merged.set(merged.size() - 1, last.extendedBy(window));
            } else {
                merged.add(window);
            }
        }
        return merged;
    }

    private static Window around(Undecided request, FloorPlan plan) {
        Interval occupancy = plan.occupancy(request.asked.start(), request.asked.guests());
        if (request.asked.tableId() == null) {
            return new Window(plan.restaurantId(), null, plan.ledgerWindow(occupancy));
        }
        // Nothing is chosen, so only what overlaps matters.
        Instant from = occupancy.start().minus(plan.longestOccupancy());
        return new Window(plan.restaurantId(), request.asked.tableId(), new Interval(from, occupancy.end()));
    }

    private boolean reaches(Window next) {
        return restaurantId == next.restaurantId
                && Objects.equals(tableId, next.tableId)
                && !during.end().isBefore(next.during.start());
    }

    private Window extendedBy(Window next) {
        Instant end = during.end().isAfter(next.during.end()) ? during.end() : next.during.end();
        return new Window(restaurantId, tableId, new Interval(during.start(), end));
    }
}
