package io.headwaiter.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/** What a restaurant can offer a party on a day: exactly what {@link DecideBooking} would confirm. */
public final class FreeSlots {

    private FreeSlots() {}

    /**
     * A start that has a free table.
     *
     * @param time {@code start} on the restaurant's clock. When that is set back, two slots can have one time
     * @param freeTables the ids of the free tables that seat the party, one or more, in the order of
     *     {@link FloorPlan#tablesFor}
     */
    public record Slot(Instant start, LocalTime time, Interval stay, List<Long> freeTables) {

        public Slot {
            freeTables = List.copyOf(freeTables);
        }
    }

    /**
     * The slots of a local calendar date, in the order in which they come.
     *
     * @param taken what is taken that day: in the {@link FloorPlan#ledgerWindow} of each slot's occupancy, at least
     */
    public static List<Slot> on(FloorPlan plan, LocalDate date, int guests, Instant now, Ledger taken) {
        List<DiningTable> seating = plan.tablesFor(guests);
        if (seating.isEmpty() || date.isBefore(plan.firstDate(now)) || date.isAfter(plan.lastDate(now))) {
            return List.of();
        }
        List<Instant> grid = SlotGrid.on(plan, date);
        if (grid.isEmpty()) {
            return List.of();
        }
        Instant lastEnd = plan.stay(grid.get(grid.size() - 1), guests).end();
        OpeningHours open = OpeningHours.around(plan, new Interval(grid.get(0), lastEnd));
        Instant earliest = plan.earliestStart(now);
        List<Slot> slots = new ArrayList<>();
        for (Instant start : grid) {
            Interval stay = plan.stay(start, guests);
            if (start.isBefore(earliest) || !open.cover(stay)) {
                continue;
            }
            List<Long> free = freeTables(seating, plan.occupancy(start, guests), taken);
            if (!free.isEmpty()) {
                slots.add(new Slot(start, LocalTime.ofInstant(start, plan.timeZone()), stay, free));
            }
        }
        return slots;
    }

    private static List<Long> freeTables(List<DiningTable> tables, Interval wanted, Ledger taken) {
        List<Long> free = new ArrayList<>();
        for (DiningTable table : tables) {
            if (taken.isFree(table.id(), wanted)) {
                free.add(table.id());
            }
        }
        return free;
    }
}
