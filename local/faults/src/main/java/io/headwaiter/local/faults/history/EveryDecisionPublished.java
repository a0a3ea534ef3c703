package io.headwaiter.local.faults.history;

import io.headwaiter.local.faults.history.Entry.Stored;
import io.headwaiter.local.faults.history.Entry.Told;

/** Whatever is decided is published. */
final class EveryDecisionPublished implements Checker {

    @Override
    public Finding check(History history) {
        Violations missing = new Violations("decisions without an event");
        for (Stored decision : history.all(Stored.class)) {
            if (history.published(decision.ticket()).isEmpty()) {
                missing.add("no event is about %s", decision);
            }
        }
        // Nothing is stored about another request under an id, so its event is all there is.
        history.all(Told.class).stream()
                .filter(Told::isAcknowledged)
                .map(Told::ticket)
                .distinct()
                .filter(ticket -> ticket != null
                        && history.stored(ticket.name())
                                .filter(decision -> !decision.ticket().equals(ticket))
                                .isPresent()
                        && history.published(ticket).isEmpty())
                .forEach(ticket -> missing.add("no event says that the key of %s is another's", ticket));
        return missing.found();
    }
}
