package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.GatewayProperties;
import io.headwaiter.gateway.problems.Problem;
import io.headwaiter.gateway.problems.ProblemException;
import io.headwaiter.schemas.RequestKey;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.schemas.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.tracing.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.stereotype.Component;

/**
 * Hands requests to the broker. Where few are on their way, each goes at once; in a crowd those that come within a few milliseconds go
 * together, since what a broker spends it spends for each produce request, whatever is in it.
 */
@Component
class PublishRequest implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PublishRequest.class);

    static final String OUTCOME_UNKNOWN = "outcome_unknown";

    /**
     * With a broker that answers within a millisecond, more are on their way at once only when thousands come a second; and those
     * that then wait for one another keep it so until the crowd has gone.
     */
    static final int FEW = 2;

    /** Of a gateway that stops, for the broker to acknowledge what is on its way. Shorter than the phase may take. */
    private static final long LAST_MILLIS = 3_000;

    private final ProducerFactory<String, byte[]> producers;
    private final int mostInFlight;
    private final Semaphore places;
    private final Duration patience;
    private final TraceRequest trace;
    private final Timer published;

    /** As many as there are places, at the most. */
    private final Set<CompletableFuture<RecordMetadata>> onTheirWay = ConcurrentHashMap.newKeySet();

    /** Requests that were to go at once since the producer began to flush; none: it does not. */
    private final AtomicInteger hurried = new AtomicInteger();

    private volatile boolean running;

    PublishRequest(
            ProducerFactory<String, byte[]> producers,
            GatewayProperties properties,
            TraceRequest trace,
            MeterRegistry meters) {
        this.producers = producers;
        this.mostInFlight = properties.inFlightLimit();
        this.places = new Semaphore(mostInFlight);
        this.patience = properties.publishTimeout().plus(properties.publishBlock());
        this.trace = trace;
        this.published = Timer.builder("headwaiter.request.publishing")
                .description("Handing a request to the broker, acknowledged: so many were accepted")
                .serviceLevelObjectives(Stream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000)
                        .map(Duration::ofMillis)
                        .toArray(Duration[]::new))
                .register(meters);
        Gauge.builder("headwaiter.requests.in.flight", this, PublishRequest::inFlight)
                .description("Requests that the broker has not acknowledged yet")
                .register(meters);
    }

    private int inFlight() {
        return mostInFlight - places.availablePermits();
    }

    /** @throws ProblemException 503 when too many are on their way already */
    Publication begin(RequestMessage message, RequestKey key) {
        if (!places.tryAcquire()) {
            throw Problem.of(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "too_many_requests_in_flight",
                            "Too many requests are on their way at this moment. This one was not taken.")
                    .retryAfter(2)
                    .asException();
        }
        return new Publication(send(message, key), System.nanoTime() + patience.toNanos());
    }

    /** A request on its way to the broker. */
    record Publication(CompletableFuture<RecordMetadata> acknowledged, long deadline) {

        void ifItFails(Runnable reaction) {
            acknowledged.whenComplete((metadata, failure) -> {
                if (failure != null) {
                    reaction.run();
                }
            });
        }

        /** @throws ProblemException 503 when the broker does not acknowledge in time */
        void await() {
            try {
                acknowledged.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException unacknowledged) {
                LOG.warn(
                        "The broker did not acknowledge a request, whose caller was told to send it again: {}",
                        unacknowledged.toString());
                throw outcomeUnknown();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw outcomeUnknown();
            }
        }
    }

    /** The place is given back when the broker has answered, not when the caller has lost patience: memory is held until then. */
    private CompletableFuture<RecordMetadata> send(RequestMessage message, RequestKey key) {
        CompletableFuture<RecordMetadata> acknowledged = new CompletableFuture<>();
        onTheirWay.add(acknowledged);
        acknowledged.whenComplete((metadata, failure) -> {
            onTheirWay.remove(acknowledged);
            places.release();
        });
        try {
            ProducerRecord<String, byte[]> record = message.toRecord(key, Instant.now());
            watch(acknowledged, trace.begin(record, message));
            // The factory's one producer: closing it gives it back, and it stays.
            try (Producer<String, byte[]> producer = producers.createProducer()) {
                producer.send(record, (metadata, failure) -> {
                    if (failure == null) {
                        acknowledged.complete(metadata);
                    } else {
                        acknowledged.completeExceptionally(failure);
                    }
                });
                if (inFlight() <= FEW) {
                    sendAtOnce(producer);
                }
            }
        } catch (RuntimeException refused) {
            // Whatever it was, the place must come back.
            acknowledged.completeExceptionally(refused);
        }
        return acknowledged;
    }

    /** While the producer flushes, it sends at once whatever comes, so one flush at a time is enough; whoever came to its end has another. */
    private void sendAtOnce(Producer<String, byte[]> producer) {
        if (hurried.getAndIncrement() == 0) {
            // It ends with the acknowledgements, which nobody who is here may wait for.
            Thread.startVirtualThread(() -> {
                int seen;
                do {
                    seen = hurried.get();
                    flush(producer);
                } while (!hurried.compareAndSet(seen, 0));
            });
        }
    }

    private static void flush(Producer<String, byte[]> producer) {
        try {
            producer.flush();
        } catch (KafkaException | IllegalStateException closed) {
            LOG.debug("What is on its way goes a little later", closed);
        }
    }

    private void watch(CompletableFuture<RecordMetadata> acknowledged, Span span) {
        long start = System.nanoTime();
        acknowledged.whenComplete((metadata, failure) -> {
            if (failure == null) {
                published.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            } else {
                span.tag("error", failure.getClass().getSimpleName());
            }
            span.end();
        });
    }

    /** Meets the broker before the first caller does. */
    @EventListener(ApplicationReadyEvent.class)
    void meetTheBroker() {
        Thread.ofVirtual().name("meet-the-broker").start(() -> {
            try (Producer<String, byte[]> producer = producers.createProducer()) {
                producer.partitionsFor(Topics.REQUESTS);
            } catch (KafkaException away) {
                LOG.warn("The broker is not there yet; requests are answered 503 until it is: {}", away.toString());
            }
        });
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** With the web server's callers, who would otherwise be cut off while a silent broker is waited for. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
    }

    @Override
    public void stop() {
        onTheirWay.forEach(one -> one.completeExceptionally(new KafkaException("the gateway stops")));
        running = false;
    }

    @Override
    public void stop(Runnable stopped) {
        CompletableFuture<?> all = CompletableFuture.allOf(onTheirWay.toArray(CompletableFuture[]::new));
        all.orTimeout(LAST_MILLIS, TimeUnit.MILLISECONDS).whenComplete((nothing, tooLate) -> {
            stop();
            stopped.run();
        });
    }

    private static ProblemException outcomeUnknown() {
        return Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        OUTCOME_UNKNOWN,
                        "The request may or may not have been taken. Look where Location says, or send it again with the "
                                + "same Idempotency-Key; without one it would be another request.")
                .retryAfter(2)
                .asException();
    }
}
