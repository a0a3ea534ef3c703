package io.headwaiter.worker.deciding;

import io.headwaiter.rules.Interval;
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
    static List<Window> around(List<? extends Undecided> requests) {
        Map<Place, List<Interval>> asked = new HashMap<>();
        for (Undecided request : requests) {
            if (request.plan == null) {
                continue;
            }
            Interval during = request.window(request.plan);
            List<Long> tables = request.choices(request.plan);
            if (during != null && !tables.isEmpty()) {
                asked.computeIfAbsent(new Place(request.restaurantId(), tables), place -> new ArrayList<>())
                        .add(during);
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
