package io.headwaiter.worker.deciding;

import io.headwaiter.rules.DiningTable;
import io.headwaiter.rules.FloorPlan;
import io.headwaiter.rules.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A stretch of the ledger to be read.
 *
 * @param tables ids
 * @param during the range of starts
 */
record Window(long restaurantId, List<Long> tables, Interval during) {

    private record Place(long restaurantId, List<Long> tables) {}

    /** The fewest windows that hold all that deciding these requests can depend on: a rush on one hour reads it once. */
    static List<Window> around(List<Undecided> requests) {
        Map<Place, List<Interval>> asked = new HashMap<>();
        for (Undecided request : requests) {
            FloorPlan plan = request.plan;
            List<Long> tables = request.choices().stream().map(DiningTable::id).toList();
            if (plan != null && !tables.isEmpty()) {
                asked.computeIfAbsent(new Place(plan.restaurantId(), tables), place -> new ArrayList<>())
                        .add(during(request, plan));
            }
        }
        List<Window> windows = new ArrayList<>();
        asked.forEach((place, times) -> {
            for (Interval during : merged(times)) {
                windows.add(new Window(place.restaurantId(), place.tables(), during));
            }
        });
        return windows;
    }

    private static Interval during(Undecided request, FloorPlan plan) {
        Interval occupancy = plan.occupancy(request.asked.start(), request.asked.guests());
        if (request.asked.tableId() == null) {
            return plan.ledgerWindow(occupancy);
        }
        // Nothing is chosen, so only what overlaps matters.
        Instant from = occupancy.start().minus(plan.longestOccupancy());
        return new Interval(from, occupancy.end());
    }

    private static List<Interval> merged(List<Interval> times) {
        times.sort(Comparator.comparing(Interval::start));
        List<Interval> merged = new ArrayList<>();
        for (Interval next : times) {
            Interval last = merged.isEmpty() ? null : merged.getLast();
            if (last == null || last.end().isBefore(next.start())) {
                merged.add(next);
            } else if (next.end().isAfter(last.end())) {
                merged.set(merged.size() - 1, new Interval(last.start(), next.end()));
            }
        }
        return merged;
    }

    /** As an array in PostgreSQL's own writing: a list of arrays of different lengths is none that it knows. */
    String tablesAsText() {
        return tables.toString().replace('[', '{').replace(']', '}');
    }
}
