package io.headwaiter.local.faults.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** By the events alone, no table's time was ever two parties'. */
final class NoOverlapPublished implements Checker {

    @Override
    public Finding check(History history) {
        Violations overlaps = new Violations("overlaps by the events alone");
        Map<Life.Place, List<Life>> places = new HashMap<>();
        for (Life life : Life.all(history)) {
            places.computeIfAbsent(life.place(), place -> new ArrayList<>()).add(life);
        }
        places.values().forEach(lives -> sweep(lives, overlaps));
        return overlaps.found();
    }

    private static void sweep(List<Life> lives, Violations overlaps) {
        lives.sort(Comparator.comparing(Life::from));
        List<Life> reaching = new ArrayList<>();
        for (Life life : lives) {
            reaching.removeIf(earlier -> !earlier.to().isAfter(life.from()));
            for (Life other : reaching) {
                if (life.overlaps(other)) {
                    overlaps.add("%s and %s were there together", other, life);
                }
            }
            reaching.add(life);
        }
    }
}
