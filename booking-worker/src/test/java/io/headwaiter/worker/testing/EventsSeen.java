package io.headwaiter.worker.testing;

import static org.awaitility.Awaitility.await;

import io.headwaiter.schemas.BookingConfirmed;
import io.headwaiter.schemas.BookingEvent;
import io.headwaiter.schemas.BookingRejected;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.schemas.Topics;
import io.headwaiter.schemas.UnreadableMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows the events and the dead letters from their first record on, for the whole JVM. */
public final class EventsSeen implements AutoCloseable {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> byRequest = new ConcurrentHashMap<>();
    private final List<ConsumerRecord<byte[], byte[]>> deadLetters = new CopyOnWriteArrayList<>();

    private volatile boolean closed;

    EventsSeen(String bootstrapServers) {
        Thread.ofVirtual().name("events-seen").start(() -> follow(bootstrapServers));
    }

    private void follow(String bootstrapServers) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(Topics.EVENTS, Topics.DEAD_LETTERS).stream()
                    .flatMap(topic -> partitionsOf(topic, consumer).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    see(record);
                }
            }
        }
    }

    /** A broker knows of a topic a moment later than whoever was told that it is made. */
    private static List<PartitionInfo> partitionsOf(String topic, KafkaConsumer<?, ?> consumer) {
        return await().atMost(LONG_ENOUGH)
                .until(() -> consumer.partitionsFor(topic), partitions -> !partitions.isEmpty());
    }

    private void see(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(Topics.DEAD_LETTERS)) {
            deadLetters.add(record);
        } else {
            String requestId = FrozenEvent.header(record.headers(), FrozenEvent.REQUEST_ID_HEADER);
            byRequest
                    .computeIfAbsent(String.valueOf(requestId), id -> new CopyOnWriteArrayList<>())
                    .add(record);
        }
    }

    /** The event of this request, once it is there. */
    public BookingEvent of(RequestMessage request) {
        return read(atLeast(1, request.id()).getFirst());
    }

    public BookingConfirmed confirmed(RequestMessage request) {
        return (BookingConfirmed) of(request);
    }

    public BookingRejected rejected(RequestMessage request) {
        return (BookingRejected) of(request);
    }

    /** The events about this id as they were published, once there are so many. */
    public List<ConsumerRecord<byte[], byte[]>> atLeast(int count, RequestId id) {
        if (seen(id).size() < count) {
            await("event " + count + " about request " + id)
                    .atMost(LONG_ENOUGH)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> seen(id).size() >= count);
        }
        return seen(id);
    }

    /** So far. */
    public List<ConsumerRecord<byte[], byte[]>> seen(RequestId id) {
        return byRequest.getOrDefault(id.toString(), List.of());
    }

    /** The dead letter of the record at this place, once it is there. */
    public ConsumerRecord<byte[], byte[]> deadLetter(int partition, long offset) {
        await("the dead letter of " + partition + "@" + offset)
                .atMost(LONG_ENOUGH)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !deadLetters(partition, offset).isEmpty());
        return deadLetters(partition, offset).getFirst();
    }

    /** So far. */
    public int deadLetterCount() {
        return deadLetters.size();
    }

    /** So far. */
    public List<ConsumerRecord<byte[], byte[]>> deadLetters(int partition, long offset) {
        return deadLetters.stream()
                .filter(record -> Integer.toString(partition)
                                .equals(FrozenEvent.header(record.headers(), "dead_letter_partition"))
                        && Long.toString(offset).equals(FrozenEvent.header(record.headers(), "dead_letter_offset")))
                .toList();
    }

    /** Follows no longer. */
    @Override
    public void close() {
        closed = true;
    }

    public static BookingEvent read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return FrozenEvent.read(record.headers(), record.value());
        } catch (UnreadableMessage unreadable) {
            throw new AssertionError("an event that its own schema cannot read", unreadable);
        }
    }
}
