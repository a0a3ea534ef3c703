package io.headwaiter.worker.requests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Polls twice after a long batch. What a poll finds ready was fetched when the one before returned, and is the little that
 * came first; what has gathered at the broker while that batch was decided comes with the next fetch. A short batch has
 * nothing to make up for, so a lonely request is not kept waiting.
 */
final class GatheringConsumer extends KafkaConsumer<byte[], byte[]> {

    /**
     * Many times what a fetch of records that are there takes, and more than a batch does where nothing but the processors
     * are in short supply: they would only have smaller batches to do, and more of them.
     */
    private static final long LONG_NANOS = Duration.ofMillis(25).toNanos();

    private static final Duration A_FETCH = Duration.ofMillis(5);

    private final int enough;
    private long returnedAt = System.nanoTime();

    /** @param enough of so many records no more are added to */
    GatheringConsumer(Map<String, Object> settings, int enough) {
        super(settings);
        this.enough = enough;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        boolean afterLong = System.nanoTime() - returnedAt > LONG_NANOS;
        ConsumerRecords<byte[], byte[]> ready = super.poll(afterLong ? Duration.ZERO : timeout);
        if (afterLong && ready.count() < enough) {
            ready = ready.isEmpty() ? super.poll(timeout) : both(ready, super.poll(A_FETCH));
        }
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
