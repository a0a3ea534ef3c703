package io.headwaiter.gateway.events;

import io.headwaiter.gateway.GatewayProperties;
import io.headwaiter.gateway.problems.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Hands what the tail hears to the streams of the restaurant that it is about. Who joins hears all from a known offset on. */
@Component
class LiveEvents implements EventAudience {

    private final int backlog;
    private final Backlogs backlogs;
    private final Map<String, Set<Subscription>> subscriptions = new HashMap<>();
    /** By partition, the first offset that was not heard yet; null as long as the tail has no place. */
    private long @Nullable [] next;

    private boolean closed;

    LiveEvents(GatewayProperties properties) {
        this.backlog = properties.streams().backlog();
        this.backlogs = new Backlogs(properties.streams().buffer().toBytes());
    }

    @Override
    public synchronized void open() {
        closed = false;
    }

    @Override
    public synchronized void standAt(long[] offsets) {
        if (next != null && !Arrays.equals(next, offsets)) {
            endAll(Ending.BROKEN);
        }
        next = offsets.clone();
    }

    @Override
    public synchronized void hear(PublishedEvent event) {
        if (next != null) {
            next[event.id().partition()] = event.id().offset() + 1;
        }
        // Before anybody has this one: it must not matter who comes first.
        boolean full = backlogs.isFull();
        subscriptions
                .getOrDefault(event.restaurant(), Set.of())
                .forEach(subscription -> subscription.hear(event, full));
    }

    @Override
    public synchronized void sendAway() {
        closed = true;
        endAll(Ending.STOPPING);
    }

    private void endAll(Ending why) {
        subscriptions.values().forEach(those -> those.forEach(subscription -> subscription.end(why)));
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** The partition of this restaurant's events. @throws RuntimeException 503 while the tail has no place */
    synchronized int partitionOf(String restaurant) {
        byte[] key = restaurant.getBytes(StandardCharsets.UTF_8);
        // As Kafka's own partitioner has it.
        return Utils.toPositive(Utils.murmur2(key)) % known().length;
    }

    /** The first offset that was not heard yet: all before it are told, or in a subscription. */
    synchronized long next(int partition) {
        return known()[partition];
    }

    /** The caller closes it. */
    synchronized Subscription join(String restaurant, int partition, Earshot earshot) {
        Subscription joining = new Subscription(this, restaurant, earshot, known()[partition], backlog, backlogs);
        subscriptions.computeIfAbsent(restaurant, first -> new HashSet<>()).add(joining);
        if (closed) {
            joining.end(Ending.STOPPING);
        }
        return joining;
    }

    synchronized void leave(Subscription leaving) {
        Set<Subscription> those = subscriptions.get(leaving.restaurant());
        if (those != null) {
            those.remove(leaving);
            if (those.isEmpty()) {
                subscriptions.remove(leaving.restaurant());
            }
        }
    }

    private long[] known() {
        if (next == null) {
            throw unavailable().asException();
        }
        return next;
    }

    static Problem unavailable() {
        return Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "events_unavailable",
                        "The events cannot be read now. Booking goes on all the same.")
                .retryAfter(5);
    }
}
