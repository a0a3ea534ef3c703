package io.headwaiter.worker.requests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes batches worth their transaction. In a crowd it lets a turn of polling and deciding take its time, since what a
 * transaction costs by itself, here, in the database and at the broker, is then shared by more; and after a turn that took long it
 * polls twice. What a poll finds ready was fetched when the one before returned, and is the little that came first; what has gathered
 * at the broker since then comes with the next fetch. A lonely request waits for neither.
 */
final class GatheringConsumer extends KafkaConsumer<byte[], byte[]> {

    /** Records of a batch from which on they are a crowd: there, what a transaction costs by itself is a fourth of all. */
    private static final int CROWD = 12;

    /** Of a turn in a crowd; several times what a transaction takes by itself, and little to one who waits with many. */
    private static final long TURN_NANOS = Duration.ofMillis(25).toNanos();

    private static final Duration A_FETCH = Duration.ofMillis(5);

    private final int enough;
    private long returnedAt = System.nanoTime();
    private int returned;

    /** @param enough of so many records no more are added to */
    GatheringConsumer(Map<String, Object> settings, int enough) {
        super(settings);
        this.enough = enough;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        long turnEnds = returnedAt + TURN_NANOS;
        if (returned >= CROWD && returned < enough) {
            // Returns early when it is interrupted, which the poll then finds out.
            LockSupport.parkNanos(turnEnds - System.nanoTime());
        }
        boolean tookLong = turnEnds - System.nanoTime() <= 0;
        ConsumerRecords<byte[], byte[]> ready = super.poll(tookLong ? Duration.ZERO : timeout);
        if (tookLong && ready.count() < enough) {
            ready = ready.isEmpty() ? super.poll(timeout) : both(ready, super.poll(A_FETCH));
        }
        returned = ready.count();
        returnedAt = System.nanoTime();
        return ready;
    }

    private ConsumerRecords<byte[], byte[]> both(
            ConsumerRecords<byte[], byte[]> first, ConsumerRecords<byte[], byte[]> second) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        // The second poll may have lost partitions to another worker, which begins with what is committed.
        Set<TopicPartition> owned = assignment();
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
