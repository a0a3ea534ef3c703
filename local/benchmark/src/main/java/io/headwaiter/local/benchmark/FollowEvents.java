package io.headwaiter.local.benchmark;

import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows the events, from where they end when this is made, and crosses off the requests they decide. */
final class FollowEvents implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Set<String> undecided;

    FollowEvents(String bootstrapServers, Set<String> undecided) {
        this.undecided = undecided;
        consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.EVENTS).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** Returns after a moment, or as soon as something was decided. */
    void poll() {
        for (ConsumerRecord<byte[], byte[]> event : consumer.poll(POLL)) {
            undecided.remove(String.valueOf(FrozenEvent.header(event.headers(), FrozenEvent.REQUEST_ID_HEADER)));
        }
    }

    /** By their {@link RequestId} as text. */
    int undecided() {
        return undecided.size();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
