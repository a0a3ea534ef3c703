package io.headwaiter.local.faults.history;

import io.headwaiter.local.faults.history.Entry.Published;
import io.headwaiter.local.faults.history.Entry.Stored;
import java.util.List;

/** All copies of an event have the key, the headers and the value that are stored with the decision, to the byte. */
final class CopiesIdentical implements Checker {

    @Override
    public Finding check(History history) {
        Violations differing = new Violations("events with differing bytes");
        for (List<Published> copies : history.published().values()) {
            Published first = copies.getFirst();
            Digest right = history.stored(first.ticket().name())
                    .filter(decision -> decision.ticket().equals(first.ticket()))
                    .map(Stored::digest)
                    .orElse(first.digest());
            for (Published copy : copies) {
                if (!copy.digest().equals(right)) {
                    differing.add("%s should be %s", copy, right);
                }
            }
        }
        return differing.found();
    }
}
