package io.headwaiter.local.faults.history;

import io.headwaiter.local.faults.history.Entry.Told;
import java.util.HashSet;
import java.util.Set;

/** Every request that was acknowledged is decided. One that was not may be. */
final class NothingLost implements Checker {

    @Override
    public Finding check(History history) {
        Violations lost = new Violations("acknowledged requests that were lost");
        Set<Ticket> seen = new HashSet<>();
        for (Told told : history.all(Told.class)) {
            Ticket ticket = told.ticket();
            if (ticket != null
                    && told.isAcknowledged()
                    && seen.add(ticket)
                    && history.decided(ticket).isEmpty()) {
                lost.add("nothing is decided about %s, which was answered %d: %s", ticket, told.status(), told);
            }
        }
        return lost.found();
    }
}
