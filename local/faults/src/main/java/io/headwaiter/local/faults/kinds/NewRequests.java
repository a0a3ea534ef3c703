package io.headwaiter.local.faults.kinds;

import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads along what is asked, in some partitions from some offsets on. */
final class NewRequests implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<Integer, Set<UUID>> ids = new HashMap<>();

    private NewRequests(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    static NewRequests from(Map<Integer, Long> offsets, String bootstrapServers) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(offsets.keySet().stream()
                .map(number -> new TopicPartition(Topics.REQUESTS, number))
                .toList());
        offsets.forEach((number, offset) -> consumer.seek(new TopicPartition(Topics.REQUESTS, number), offset));
        return new NewRequests(consumer);
    }

    /** Returns soon, whether something was asked or not, and whatever the brokers do. */
    void read() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            UUID id = id(record);
            if (id != null) {
                ids.computeIfAbsent(record.partition(), partition -> new HashSet<>())
                        .add(id);
            }
        }
    }

    /** Null: it is poison, and the harness's own. */
    private static @Nullable UUID id(ConsumerRecord<byte[], byte[]> record) {
        String id = FrozenEvent.header(record.headers(), FrozenEvent.ID_HEADER);
        try {
            return id == null ? null : RequestId.parse(id).value();
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    /** What was asked there. */
    Set<UUID> in(int partition) {
        return ids.getOrDefault(partition, Set.of());
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
