package io.headwaiter.local.faults.history;

import io.headwaiter.local.faults.history.Entry.Call;
import io.headwaiter.local.faults.history.Entry.Told;
import java.util.HashMap;
import java.util.Map;

/** Whoever sends a request again under its {@code Idempotency-Key} gets the same request id, and the same answer. */
final class SameKeySameAnswer implements Checker {

    private record Sent(long restaurantId, String key, Asked asked) {}

    @Override
    public Finding check(History history) {
        Violations different = new Violations("retries answered otherwise than the first call");
        Map<Sent, Ticket> tickets = new HashMap<>();
        Map<Sent, Outcome> outcomes = new HashMap<>();
        for (Told told : history.all(Told.class)) {
            Call call = history.call(told);
            Ticket ticket = told.ticket();
            if (call.key() == null || ticket == null) {
                continue;
            }
            Sent sent = new Sent(call.restaurantId(), call.key(), call.asked());
            Ticket first = tickets.putIfAbsent(sent, ticket);
            if (!ticket.request().equals(call.request())) {
                different.add("the key of %s makes another id than %s", call, ticket);
            } else if (first != null && !first.equals(ticket)) {
                different.add("%s was told %s before, now %s", call, first, told);
            }
            if (told.outcome() != null) {
                Outcome before = outcomes.putIfAbsent(sent, told.outcome());
                if (before != null && !before.equals(told.outcome())) {
                    different.add("%s was told %s before, now %s", call, before, told);
                }
            }
        }
        return different.found();
    }
}
