package io.headwaiter.local.faults.history;

import io.headwaiter.local.faults.history.Entry.Published;
import io.headwaiter.local.faults.history.Outcome.InTheWay;
import io.headwaiter.local.faults.history.Outcome.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Time that was given back can be taken again: whoever is refused a table is told who has it, and somebody did have it then.
 * What was cancelled, or moved away, stands in nobody's way.
 */
final class CancelledSlotsBookable implements Checker {

    private static final Set<String> TAKEN = Set.of("table_taken", "no_table_available");

    private record Taken(Life.Place place, Instant from, Instant to) {}

    @Override
    public Finding check(History history) {
        Violations ghosts = new Violations("refusals for what nobody had taken");
        Map<Taken, List<Life>> lives = new HashMap<>();
        for (Life life : Life.all(history)) {
            lives.computeIfAbsent(new Taken(life.place(), life.from(), life.to()), taken -> new ArrayList<>(1))
                    .add(life);
        }
        for (List<Published> copies : history.published().values()) {
            Published event = copies.getFirst();
            if (event.outcome() instanceof Refused refused && TAKEN.contains(refused.reason())) {
                InTheWay inTheWay = refused.inTheWay();
                if (inTheWay == null) {
                    ghosts.add("it does not say what was in the way: %s", event);
                } else if (lives
                        .getOrDefault(
                                new Taken(
                                        new Life.Place(event.ticket().restaurantId(), inTheWay.tableId()),
                                        inTheWay.from(),
                                        inTheWay.to()),
                                List.of())
                        .stream()
                        .noneMatch(life -> life.mayBeSeen(event.decidedAt()))) {
                    ghosts.add("nobody had then what was in the way of %s", event);
                }
            }
        }
        return ghosts.found();
    }
}
