package io.headwaiter.worker.operating;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/** A topic from its first record to the last that there is when the reading begins. Of no group, and it commits nothing. */
final class WholeTopic {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** At a time: a dead letter may be two megabytes. */
    private static final int MOST_RECORDS = 100;

    private final Map<String, Object> settings;
    private final String name;

    WholeTopic(KafkaProperties kafka, String name) {
        this.settings = new HashMap<>(kafka.buildConsumerProperties());
        this.name = name;
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    }

    /** Partition by partition, each in its order. */
    void read(Consumer<List<ConsumerRecord<byte[], byte[]>>> some) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                    .map(partition -> new TopicPartition(name, partition.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new Refused("There is no topic " + name + ": `migrate` makes it");
            }
            for (TopicPartition partition : partitions) {
                read(consumer, partition, some);
            }
        }
    }

    private static void read(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            Consumer<List<ConsumerRecord<byte[], byte[]>>> some) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long heardAt = System.nanoTime();
        while (consumer.position(partition) < end) {
            List<ConsumerRecord<byte[], byte[]>> found =
                    consumer.poll(Duration.ofMillis(500)).records(partition);
            if (!found.isEmpty()) {
                heardAt = System.nanoTime();
                some.accept(
                        found.stream().filter(record -> record.offset() < end).toList());
            } else if (System.nanoTime() - heardAt > PATIENCE.toNanos()) {
                throw new TimeoutException("the broker does not answer any more");
            }
        }
    }
}
