package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.GatewayProperties;
import io.headwaiter.gateway.events.EventAudience;
import io.headwaiter.gateway.events.PublishedEvent;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.UnreadableMessage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The callers who wait for an outcome. Only so many may: the others come back for it. */
@Component
class Waiters implements EventAudience {

    private static final Logger LOG = LoggerFactory.getLogger(Waiters.class);

    /** Sets are touched inside the map's atomic methods only, and by nobody once they are out of it. */
    private final Map<Awaited, Set<CompletableFuture<Outcome>>> waiting = new ConcurrentHashMap<>();

    private final Semaphore places;

    private volatile boolean closed;

    Waiters(GatewayProperties properties, MeterRegistry meters) {
        this.places = new Semaphore(properties.waitingLimit());
        Gauge.builder("headwaiter.callers.waiting", places, free -> properties.waitingLimit() - free.availablePermits())
                .description("Callers who wait for an outcome")
                .register(meters);
    }

    /** Takes a place, to be given back by closing it; empty when there is none. Must come before the request is published. */
    Optional<Waiter> waitFor(Awaited awaited) {
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        waiting.compute(awaited, (key, others) -> {
            Set<CompletableFuture<Outcome>> all = others == null ? new HashSet<>() : others;
            all.add(outcome);
            return all;
        });
        if (closed) {
            // Nobody might send it away any more.
            outcome.cancel(false);
        }
        return Optional.of(new Waiter(awaited, outcome));
    }

    @Override
    public void hear(PublishedEvent event) {
        if (waiting.isEmpty()) {
            return;
        }
        String requestId = event.header(FrozenEvent.REQUEST_ID_HEADER);
        String fingerprint = event.header(FrozenEvent.FINGERPRINT_HEADER);
        if (requestId == null || fingerprint == null) {
            return;
        }
        Awaited awaited = new Awaited(requestId, fingerprint);
        if (!waiting.containsKey(awaited)) {
            return;
        }
        try {
            tell(awaited, Outcome.of(event.read()));
        } catch (UnreadableMessage unreadable) {
            LOG.warn(
                    "An event that somebody waits for cannot be read, so their wait runs out: {}: {}",
                    event,
                    unreadable.getMessage());
        }
    }

    private void tell(Awaited awaited, Outcome outcome) {
        Set<CompletableFuture<Outcome>> those = waiting.remove(awaited);
        if (those != null) {
            those.forEach(one -> one.complete(outcome));
        }
    }

    @Override
    public void sendAway() {
        closed = true;
        waiting.keySet().forEach(awaited -> {
            Set<CompletableFuture<Outcome>> those = waiting.remove(awaited);
            if (those != null) {
                those.forEach(one -> one.cancel(false));
            }
        });
    }

    @Override
    public void open() {
        closed = false;
    }

    final class Waiter implements AutoCloseable {

        private final Awaited awaited;
        private final CompletableFuture<Outcome> outcome;

        private Waiter(Awaited awaited, CompletableFuture<Outcome> outcome) {
            this.awaited = awaited;
            this.outcome = outcome;
        }

        /** The outcome; empty when it did not come in time. */
        Optional<Outcome> await(Duration atMost) {
            try {
                return Optional.of(outcome.get(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS));
            } catch (TimeoutException | CancellationException | ExecutionException notInTime) {
                return Optional.empty();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }

        /** Nothing is to be waited for any more. */
        void giveUp() {
            outcome.cancel(false);
        }

        @Override
        public void close() {
            waiting.computeIfPresent(awaited, (key, all) -> {
                all.remove(outcome);
                return all.isEmpty() ? null : all;
            });
            places.release();
        }
    }
}
