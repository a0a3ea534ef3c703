package io.headwaiter.local.faults.history;

import io.headwaiter.local.faults.history.Entry.DeadLetter;
import io.headwaiter.local.faults.history.Entry.Poisoned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was put among the requests to be laid aside is laid aside, with its own bytes and a reason, and nothing else is. A letter
 * may come more than once, as an event may.
 */
final class OneDeadLetterEach implements Checker {

    private record Origin(int partition, long offset) {}

    @Override
    public Finding check(History history) {
        Violations wrong = new Violations("dead letters missing, wrong or uncalled-for");
        Map<Origin, List<DeadLetter>> letters = new HashMap<>();
        for (DeadLetter letter : history.all(DeadLetter.class)) {
            letters.computeIfAbsent(
                            new Origin(letter.originPartition(), letter.originOffset()), origin -> new ArrayList<>(1))
                    .add(letter);
        }
        for (Poisoned poison : history.all(Poisoned.class)) {
            List<DeadLetter> about = letters.remove(new Origin(poison.partition(), poison.offset()));
            if (about == null) {
                wrong.add("no dead letter is about %s", poison);
            } else {
                about.stream()
                        .filter(letter -> letter.code() == null
                                || !letter.cut() && !letter.value().equals(poison.value()))
                        .forEach(letter -> wrong.add("%s should be about %s", letter, poison));
            }
        }
        letters.values().forEach(about -> wrong.add("nobody put there what is laid aside: %s", about.getFirst()));
        return wrong.found();
    }
}
