package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.GatewayProperties;
import io.headwaiter.gateway.events.EventAudience;
import io.headwaiter.gateway.events.PublishedEvent;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.UnreadableMessage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The callers who wait for an outcome. Only so many may: the others come back for it. */
@Component
class Waiters implements EventAudience {

    private static final Logger LOG = LoggerFactory.getLogger(Waiters.class);

    private static final long TICK_MILLIS = 20;

    /** Sets are changed inside the map's atomic methods only, and by nobody once they are out of it. */
    private final Map<Awaited, Set<Waiter>> waiting = new ConcurrentHashMap<>();

    private final Semaphore places;

    private volatile boolean closed;

    Waiters(GatewayProperties properties, MeterRegistry meters) {
        this.places = new Semaphore(properties.waitingLimit());
        Gauge.builder("headwaiter.callers.waiting", places, free -> properties.waitingLimit() - free.availablePermits())
                .description("Callers who wait for an outcome")
                .register(meters);
    }

    /**
     * Takes a place, to be given back by closing it; empty when there is none. Must come before the request is published.
     *
     * @param until the wait ends then, or some milliseconds later; of {@link System#nanoTime}
     */
    Optional<Waiter> waitFor(Awaited awaited, long until) {
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        Waiter waiter = new Waiter(awaited, until);
        waiting.compute(awaited, (key, others) -> {
            Set<Waiter> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(waiter);
            return all;
        });
        if (closed) {
            // Nobody might send it away any more.
            waiter.giveUp();
        }
        return Optional.of(waiter);
    }

    /**
     * One clock for all: a timer for each would be set and cleared for every request. It is the only task with a fixed delay; on
     * virtual threads Spring keeps a thread for those, so it never waits for another.
     */
    @Scheduled(fixedDelay = TICK_MILLIS)
    void endWaits() {
        long now = System.nanoTime();
        waiting.values().stream()
                .flatMap(Set::stream)
                .filter(waiter -> waiter.until - now <= 0)
                .forEach(Waiter::giveUp);
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
        Set<Waiter> those = waiting.remove(awaited);
        if (those != null) {
            those.forEach(one -> one.outcome.complete(outcome));
        }
    }

    @Override
    public void sendAway() {
        closed = true;
        waiting.keySet().forEach(awaited -> {
            Set<Waiter> those = waiting.remove(awaited);
            if (those != null) {
                those.forEach(Waiter::giveUp);
            }
        });
    }

    @Override
    public void open() {
        closed = false;
    }

    final class Waiter implements AutoCloseable {

        private final Awaited awaited;
        private final long until;
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

        private Waiter(Awaited awaited, long until) {
            this.awaited = awaited;
            this.until = until;
        }

        /** The outcome; empty when it did not come in time. */
        Optional<Outcome> await() {
            try {
                return Optional.of(outcome.get());
            } catch (CancellationException | ExecutionException notInTime) {
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
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
            places.release();
        }
    }
}
