package io.headwaiter.local.faults.history;

import io.headwaiter.local.faults.history.Entry.Call;
import io.headwaiter.local.faults.history.Entry.Delivered;
import io.headwaiter.local.faults.history.Entry.House;
import io.headwaiter.local.faults.history.Entry.Published;
import io.headwaiter.local.faults.history.Entry.Stored;
import io.headwaiter.local.faults.history.Entry.Subscribed;
import io.headwaiter.local.faults.history.Entry.Told;
import io.headwaiter.local.faults.history.Outcome.Refused;
import io.headwaiter.local.faults.history.Ticket.Name;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All that was done and seen in a run, with what the checkers look it up by. */
public final class History {

    static final String KEY_REUSED = "idempotency_key_reused";

    /** Of many entries; each list is in the order in which they were recorded. */
    private final Map<Class<? extends Entry>, List<Entry>> byType = new HashMap<>();

    private final Map<Long, Call> calls = new HashMap<>();
    private final Map<Long, Duration> buffers = new HashMap<>();
    private final Map<Name, Stored> stored = new HashMap<>();
    private final Map<Ticket, List<Published>> published = new LinkedHashMap<>();
    private final Map<Name, Set<Published>> publishedByName = new HashMap<>();
    private final Map<Name, Set<Outcome>> delivered = new HashMap<>();
    private final Set<Long> subscribed = new HashSet<>();

    private History() {}

    public static History of(Collection<Entry> entries) {
        History history = new History();
        entries.forEach(history::add);
        return history;
    }

    /** From the file that a {@link Recorder} has written. */
    public static History read(Path file) {
        return of(JsonLines.read(file));
    }

    private void add(Entry entry) {
        byType.computeIfAbsent(entry.getClass(), type -> new ArrayList<>()).add(entry);
        if (entry instanceof Call call) {
            calls.put(call.id(), call);
        } else if (entry instanceof House house) {
            buffers.put(house.restaurantId(), Duration.ofMinutes(house.bufferMinutes()));
        } else if (entry instanceof Stored decision) {
            stored.putIfAbsent(decision.ticket().name(), decision);
        } else if (entry instanceof Published event) {
            published.merge(event.ticket(), List.of(event), History::both);
            publishedByName
                    .computeIfAbsent(event.ticket().name(), name -> new HashSet<>())
                    .add(event);
        } else if (entry instanceof Subscribed subscription) {
            subscribed.addAll(subscription.restaurantIds());
        } else if (entry instanceof Delivered sent) {
            delivered.computeIfAbsent(sent.name(), name -> new HashSet<>()).add(sent.outcome());
        }
    }

    private static List<Published> both(List<Published> some, List<Published> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    @SuppressWarnings("unchecked")
    <E extends Entry> List<E> all(Class<E> type) {
        return (List<E>) byType.getOrDefault(type, List.of());
    }

    Call call(Told told) {
        return Objects.requireNonNull(calls.get(told.call()), "an answer to no call");
    }

    /** What each restaurant keeps free after a party. */
    Duration buffer(long restaurantId) {
        return Objects.requireNonNull(buffers.get(restaurantId), "a restaurant that nobody made");
    }

    boolean knows(long restaurantId) {
        return buffers.containsKey(restaurantId);
    }

    /** The decision under this id, whatever was asked. */
    Optional<Stored> stored(Name name) {
        return Optional.ofNullable(stored.get(name));
    }

    /** What was decided about this request, as the database has it: under an id that stands for another, that it does. */
    Optional<Outcome> decided(Ticket ticket) {
        return stored(ticket.name())
                .map(decision -> decision.ticket().equals(ticket) ? decision.outcome() : new Refused(KEY_REUSED, null));
    }

    /** The copies of the event about each request. */
    Map<Ticket, List<Published>> published() {
        return published;
    }

    List<Published> published(Ticket ticket) {
        return published.getOrDefault(ticket, List.of());
    }

    /** The events about whatever was asked under this id. */
    Set<Published> published(Name name) {
        return publishedByName.getOrDefault(name, Set.of());
    }

    /** The events, each with its copies, that a webhook was to hear of. */
    List<List<Published>> toBeDelivered() {
        return published.values().stream()
                .filter(copies -> subscribed.contains(copies.getFirst().ticket().restaurantId()))
                .toList();
    }

    boolean isDelivered(Published event) {
        return delivered.getOrDefault(event.ticket().name(), Set.of()).contains(event.outcome());
    }

    /** How many events are published that a webhook is yet to hear of. */
    public long undelivered() {
        return toBeDelivered().stream()
                .filter(copies -> !isDelivered(copies.getFirst()))
                .count();
    }
}
