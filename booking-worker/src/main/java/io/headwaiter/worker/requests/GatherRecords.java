package io.headwaiter.worker.requests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes batches worth their transaction. The faster requests come, the more time a turn of polling and deciding takes, since what a
 * transaction costs by itself, here, in the database and at the broker, is then shared by more; whoever comes alone waits for
 * nobody. And where somebody should have come since the turn began, it polls twice: what a poll finds ready was fetched when the one
 * before returned, and is the little that came first, a single record mostly; what has gathered at the broker since then comes with
 * the next fetch. Without the second poll those would wait for the whole turn of the first.
 */
final class GatherRecords {

    /** The longest that a turn is made; several times what a transaction takes by itself, and little to one who waits with many. */
    static final Duration TURN = Duration.ofMillis(15);

    /**
     * Records a second that make it as long. Of half as many it is a sixteenth, by the fourth power: there are fewer to share with, and
     * the cores have time for more transactions.
     */
    static final int CROWD = 1_250;

    /** Over which it is counted how fast they come: a dozen at the rate where a turn begins to matter. */
    static final Duration COUNTED = Duration.ofMillis(25);

    /** How long the second poll waits for one who has not come after all; those of the first wait with it. */
    private static final Duration A_FETCH = Duration.ofMillis(5);

    private final int enough;
    private final LongSupplier nanoTime;
    private final LongConsumer rest;
    private long returnedAt;
    private int returned;
    private double perNano;
    private long countedFrom;
    private int counted;

    /** @param enough a batch of so many is large enough as it is */
    GatherRecords(int enough) {
        // Ends early when it is interrupted, which the poll after it then finds out.
        this(enough, System::nanoTime, LockSupport::parkNanos);
    }

    GatherRecords(int enough, LongSupplier nanoTime, LongConsumer rest) {
        this.enough = enough;
        this.nanoTime = nanoTime;
        this.rest = rest;
        this.returnedAt = nanoTime.getAsLong();
        this.countedFrom = returnedAt;
    }

    /** @param poll the consumer's own */
    ConsumerRecords<byte[], byte[]> poll(
            Consumer<byte[], byte[]> consumer,
            Function<Duration, ConsumerRecords<byte[], byte[]>> poll,
            Duration timeout) {
        long early = turnNanos() - sinceReturned();
        if (returned < enough && early > 0) {
            rest.accept(early);
        }
        boolean someGathered = perNano * sinceReturned() >= 1;
        ConsumerRecords<byte[], byte[]> ready = poll.apply(someGathered ? Duration.ZERO : timeout);
        if (someGathered && ready.isEmpty()) {
            ready = poll.apply(timeout);
        } else if (someGathered && ready.count() < enough) {
            ready = both(consumer, ready, next(consumer, ready, poll));
        }
        returned = ready.count();
        returnedAt = nanoTime.getAsLong();
        count();
        return ready;
    }

    private long turnNanos() {
        double ofACrowd = Math.min(1, perNano * Duration.ofSeconds(1).toNanos() / CROWD);
        double square = ofACrowd * ofACrowd;
        return (long) (TURN.toNanos() * square * square);
    }

    private long sinceReturned() {
        return nanoTime.getAsLong() - returnedAt;
    }

    /** By how fast they come, not by how many a batch has: a longer turn has more, and must not be what makes it long. */
    private void count() {
        counted += returned;
        long nanos = returnedAt - countedFrom;
        if (nanos >= COUNTED.toNanos()) {
            perNano = (double) counted / nanos;
            counted = 0;
            countedFrom = returnedAt;
        }
    }

    private static ConsumerRecords<byte[], byte[]> next(
            Consumer<byte[], byte[]> consumer,
            ConsumerRecords<byte[], byte[]> ready,
            Function<Duration, ConsumerRecords<byte[], byte[]>> poll) {
        try {
            return poll.apply(A_FETCH);
        } catch (RuntimeException failure) {
            // The consumer has put them behind it, and nobody has seen them: else what comes after them would be
            // decided, and committed, without them.
            Set<TopicPartition> owned = consumer.assignment();
            for (TopicPartition partition : ready.partitions()) {
                if (owned.contains(partition)) {
                    consumer.seek(partition, ready.records(partition).getFirst().offset());
                }
            }
            throw failure;
        }
    }

    private static ConsumerRecords<byte[], byte[]> both(
            Consumer<byte[], byte[]> consumer,
            ConsumerRecords<byte[], byte[]> first,
            ConsumerRecords<byte[], byte[]> second) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        // The second poll may have lost partitions to another worker, which begins with what is committed.
        Set<TopicPartition> owned = consumer.assignment();
        for (ConsumerRecords<byte[], byte[]> some : List.of(first, second)) {
            for (TopicPartition partition : some.partitions()) {
                if (owned.contains(partition)) {
                    records.computeIfAbsent(partition, none -> new ArrayList<>())
                            .addAll(some.records(partition));
                }
            }
            some.nextOffsets().forEach((partition, offset) -> {
                if (owned.contains(partition)) {
                    next.put(partition, offset);
                }
            });
        }
        return new ConsumerRecords<>(records, next);
    }
}
