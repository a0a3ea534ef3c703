package io.headwaiter.local.faults.history;

import io.headwaiter.local.faults.history.Entry.Delivered;
import io.headwaiter.local.faults.history.Entry.Published;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A webhook that asked for a restaurant's events gets each of them, and every time the same; it gets nothing else. */
final class EveryEventDelivered implements Checker {

    @Override
    public Finding check(History history) {
        Violations wrong = new Violations("webhooks missing, or not what was decided");
        Map<String, Delivered> first = new HashMap<>();
        for (Delivered sent : history.all(Delivered.class)) {
            Delivered before = first.putIfAbsent(sent.eventId(), sent);
            if (before != null && !before.equals(sent)) {
                wrong.add("a webhook was sent as %s and as %s", before, sent);
            }
            if (history.published(sent.name()).stream()
                    .noneMatch(event -> event.outcome().equals(sent.outcome()))) {
                wrong.add("a webhook was sent that no event is like: %s", sent);
            }
        }
        for (List<Published> copies : history.toBeDelivered()) {
            if (!history.isDelivered(copies.getFirst())) {
                wrong.add("no webhook was sent about %s", copies.getFirst());
            }
        }
        return wrong.found();
    }
}
