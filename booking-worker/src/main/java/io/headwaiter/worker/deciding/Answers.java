package io.headwaiter.worker.deciding;

import io.headwaiter.schemas.Fingerprint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The answers of a batch. The same request may stand in it twice, or have been decided long ago: it is answered as
 * often as it is delivered, and always the same. A request that took over another's id, with another payload, is refused
 * with an event of its own, and leaves no trace.
 */
final class Answers {

    private final List<Submitted> batch;
    private final Map<RequestName, Made> made = new HashMap<>();

    private record Made(Fingerprint fingerprint, Answer answer) {}

    Answers(List<Submitted> batch) {
        this.batch = batch;
    }

    void add(RequestName name, Fingerprint fingerprint, Answer answer) {
        made.put(name, new Made(fingerprint, answer));
    }

    boolean has(Submitted submitted) {
        return made.containsKey(RequestName.of(submitted));
    }

    /** Those to be decided: the first of each name that has no answer. */
    List<Submitted> open() {
        Map<RequestName, Submitted> first = new LinkedHashMap<>();
        for (Submitted submitted : batch) {
            if (!has(submitted)) {
                first.putIfAbsent(RequestName.of(submitted), submitted);
            }
        }
        return List.copyOf(first.values());
    }

    /** One for each request of the batch, once all are made. */
    List<Answer> inOrder() {
        List<Answer> answers = new ArrayList<>(batch.size());
        Set<RequestName> answered = new HashSet<>();
        for (Submitted submitted : batch) {
            RequestName name = RequestName.of(submitted);
            Made found = made.get(name);
            if (found == null) {
                throw new IllegalStateException("request " + name + " was not decided");
            }
            if (!found.fingerprint().equals(submitted.message().fingerprint())) {
                answers.add(Events.keyReused(submitted, found.answer()));
            } else {
                answers.add(answered.add(name) ? found.answer() : found.answer().again());
            }
        }
        return answers;
    }
}
