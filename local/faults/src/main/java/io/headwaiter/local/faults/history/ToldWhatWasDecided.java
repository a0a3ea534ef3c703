package io.headwaiter.local.faults.history;

import io.headwaiter.local.faults.history.Entry.Published;
import io.headwaiter.local.faults.history.Entry.Told;
import io.headwaiter.local.faults.history.Outcome.Refused;
import java.util.List;
import java.util.Set;

/** Whatever a caller or a consumer is told about a request is what was decided about it. */
final class ToldWhatWasDecided implements Checker {

    /** Of a problem that says that nothing is known to be taken. */
    private static final Set<Integer> NOT_NOW = Set.of(429, 503);

    private static final Set<Integer> REFUSED = Set.of(404, 409, 412, 422, 500);

    @Override
    public Finding check(History history) {
        Violations wrong = new Violations("answers that are not what was decided");
        for (Told told : history.all(Told.class)) {
            Ticket ticket = told.ticket();
            if (!isAnAnswerToARightCall(told)) {
                wrong.add("no right call is answered so: %s to %s", told, history.call(told));
            } else if (ticket != null && told.outcome() != null) {
                history.decided(ticket)
                        .filter(decided -> !decided.equals(told.outcome()))
                        .ifPresent(decided -> wrong.add("%s is decided, a caller was told %s", decided, told));
            }
        }
        for (List<Published> copies : history.published().values()) {
            Published event = copies.getFirst();
            history.decided(event.ticket())
                    .filter(decided -> !decided.equals(event.outcome()))
                    .ifPresent(decided -> wrong.add("%s is decided, consumers were told %s", decided, event));
        }
        return wrong.found();
    }

    /** The callers of the harness make no mistakes, so nothing but the outcome, or that it is not known yet, is an answer. */
    private static boolean isAnAnswerToARightCall(Told told) {
        if (told.ticket() == null || NOT_NOW.contains(told.status())) {
            return NOT_NOW.contains(told.status());
        }
        if (told.outcome() == null) {
            return told.status() == 202 && !told.polled();
        }
        if (told.polled()) {
            return told.status() == 200;
        }
        return told.outcome() instanceof Refused
                ? REFUSED.contains(told.status())
                : told.status() == 200 || told.status() == 201;
    }
}
