package io.headwaiter.local.faults.history;

import io.headwaiter.local.faults.history.Entry.Published;
import io.headwaiter.local.faults.history.Entry.Stored;
import io.headwaiter.local.faults.history.Entry.Unreadable;
import io.headwaiter.local.faults.history.Outcome.Refused;
import java.util.List;
import java.util.Optional;

/** Nothing is published but what is decided: nobody hears of what was rolled back. */
final class NoEventWithoutDecision implements Checker {

    @Override
    public Finding check(History history) {
        Violations without = new Violations("events without a decision");
        for (List<Published> copies : history.published().values()) {
            Published event = copies.getFirst();
            Optional<Stored> decision = history.stored(event.ticket().name());
            if (decision.isEmpty()) {
                without.add("nothing is stored about %s", event);
            } else if (!decision.get().ticket().equals(event.ticket())
                    && !event.outcome().equals(new Refused(History.KEY_REUSED, null))) {
                without.add("the id stands for another request than %s", event);
            }
        }
        history.all(Unreadable.class).forEach(record -> without.add("what is published is no event: %s", record));
        return without.found();
    }
}
