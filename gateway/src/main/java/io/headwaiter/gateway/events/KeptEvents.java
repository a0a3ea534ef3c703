package io.headwaiter.gateway.events;

import io.headwaiter.gateway.GatewayProperties;
import io.headwaiter.gateway.problems.Problem;
import io.headwaiter.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Reads what the topic keeps, for streams that resume: a piece at a time, with one of a few consumers that all of them share, so that
 * nobody who takes a piece in slowly holds up the others.
 */
@Component
class KeptEvents implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeptEvents.class);

    /** A piece ends after so many events for the stream, or so much time of looking for them among the others. */
    private static final int EVENTS = 100;

    private static final Duration LOOKING = Duration.ofMillis(500);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration TURN = Duration.ofSeconds(10);
    private static final int FETCH_BYTES = 256 * 1024;

    private final EventConsumers consumers;
    private final Duration patience;
    private final Semaphore turns;
    private final Queue<Consumer<String, byte[]>> idle = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /** The offsets that the topic keeps; the second is not there yet. */
    private record Kept(long from, long until) {}

    /** @param next the offset from where to read on */
    record Piece(List<PublishedEvent> events, long next) {}

    KeptEvents(EventConsumers consumers, GatewayProperties properties) {
        this.consumers = consumers;
        this.patience = properties.brokerSilence();
        this.turns = new Semaphore(properties.streams().resuming(), true);
    }

    /** @throws RuntimeException 410 or 422 when nobody can resume after this event, 503 when nobody can tell */
    void requireResumable(EventId last) {
        TopicPartition partition = new TopicPartition(Topics.EVENTS, last.partition());
        long next = last.offset() + 1;
        Kept kept;
        try {
            kept = inTurn(consumer -> new Kept(
                    offset(consumer.beginningOffsets(List.of(partition), patience)),
                    offset(consumer.endOffsets(List.of(partition), patience))));
        } catch (KafkaException away) {
            LOG.warn("Nobody can resume a stream now, and callers are told to come again: {}", away.toString());
            throw LiveEvents.unavailable().asException();
        }
        if (next < kept.from()) {
            throw Problem.of(
                            HttpStatus.GONE,
                            "events_not_kept",
                            "What came after the event in Last-Event-ID is not kept any more. Look at the reservations themselves, "
                                    + "and begin anew without it.")
                    .asException();
        }
        if (next > kept.until()) {
            throw unknown().asException();
        }
    }

    static Problem unknown() {
        return Problem.of(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "last_event_id_unknown",
                "Last-Event-ID is not the id of an event of this restaurant.");
    }

    private static long offset(Map<TopicPartition, Long> one) {
        return one.values().iterator().next();
    }

    /**
     * Some of the events from this offset on and before the other, as far as they are of this restaurant.
     *
     * @throws KafkaException when the topic does not answer, or does not keep them any more
     */
    Piece read(int partition, String restaurant, long from, long until) {
        TopicPartition where = new TopicPartition(Topics.EVENTS, partition);
        return inTurn(consumer -> {
            consumer.assign(List.of(where));
            consumer.seek(where, from);
            List<PublishedEvent> events = new ArrayList<>();
            long next = from;
            long end = System.nanoTime() + LOOKING.toNanos();
            while (next < until && events.size() < EVENTS && System.nanoTime() < end) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < until && restaurant.equals(record.key())) {
                        events.add(new PublishedEvent(record));
                    }
                }
                next = Math.min(until, consumer.position(where, patience));
            }
            return new Piece(events, next);
        });
    }

    private <T> T inTurn(Function<Consumer<String, byte[]>, T> reading) {
        try {
            if (!turns.tryAcquire(TURN.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new KafkaException("too many streams resume at once");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new KafkaException("stopped", stopping);
        }
        Consumer<String, byte[]> consumer = idle.poll();
        boolean sound = false;
        try {
            if (consumer == null) {
                consumer = consumers.open(Map.of(
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        "gateway-resuming",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        EVENTS,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        FETCH_BYTES));
            }
            T read = reading.apply(consumer);
            sound = true;
            return read;
        } finally {
            putBack(consumer, sound);
            turns.release();
        }
    }

    private void putBack(@Nullable Consumer<String, byte[]> consumer, boolean sound) {
        if (consumer == null) {
            return;
        }
        if (sound && !closed) {
            idle.add(consumer);
        } else {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Consumer<String, byte[]> consumer = idle.poll(); consumer != null; consumer = idle.poll()) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }
}
