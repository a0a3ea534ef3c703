package io.headwaiter.local.faults.load;

import io.headwaiter.local.faults.cluster.Await;
import io.headwaiter.local.faults.history.Entry;
import io.headwaiter.local.faults.history.ReadEvent;
import io.headwaiter.local.faults.history.Recorder;
import io.headwaiter.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Writes down each record of the events and of the dead letters from the first on, whatever happens to the brokers meanwhile. */
public final class FollowEvents implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BEFORE_ANOTHER_TRY = Duration.ofSeconds(1);

    private final String bootstrapServers;
    private final Recorder history;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final AtomicLong seen = new AtomicLong();
    /** By request, when its event was seen last. */
    private final Map<UUID, Long> lastSeen = new ConcurrentHashMap<>();

    private final Thread thread;
    private volatile Instant atTheEnd = Instant.MIN;
    private volatile boolean isAwaited;
    private volatile boolean closed;

    private FollowEvents(String bootstrapServers, Recorder history) {
        this.bootstrapServers = bootstrapServers;
        this.history = history;
        this.thread = Thread.ofPlatform().name("follow-events").daemon().unstarted(this::run);
    }

    public static FollowEvents start(String bootstrapServers, Recorder history) {
        FollowEvents follow = new FollowEvents(bootstrapServers, history);
        follow.thread.start();
        return follow;
    }

    private void run() {
        while (!closed) {
            try {
                follow();
            } catch (InterruptException stopped) {
                return;
            } catch (KafkaException away) {
                // It knows where it was, and goes on from there.
                Await.pause(BEFORE_ANOTHER_TRY);
            }
        }
    }

    private void follow() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = Stream.of(Topics.EVENTS, Topics.DEAD_LETTERS)
                    .flatMap(topic -> partitionsOf(topic, consumer).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            partitions.forEach(partition -> consumer.seek(partition, next.getOrDefault(partition, 0L)));
            while (!closed) {
                Instant before = Instant.now();
                Map<TopicPartition, Long> ends = isAwaited ? consumer.endOffsets(partitions) : Map.of();
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    see(record);
                }
                if (!ends.isEmpty()
                        && ends.entrySet().stream()
                                .allMatch(end -> next.getOrDefault(end.getKey(), 0L) >= end.getValue())) {
                    atTheEnd = before;
                }
            }
        }
    }

    private static List<PartitionInfo> partitionsOf(String topic, KafkaConsumer<?, ?> consumer) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        if (partitions.isEmpty()) {
            // A broker knows of a topic a moment later than whoever was told that it is made.
            throw new UnknownTopicOrPartitionException(topic);
        }
        return partitions;
    }

    private void see(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < next.getOrDefault(partition, 0L)) {
            return;
        }
        Entry entry = record.topic().equals(Topics.EVENTS) ? ReadEvent.published(record) : ReadEvent.deadLetter(record);
        history.record(entry);
        if (entry instanceof Entry.Published event) {
            lastSeen.put(event.ticket().request(), System.nanoTime());
        }
        next.put(partition, record.offset() + 1);
        seen.incrementAndGet();
    }

    /** Whether what was decided about this request came out since then, by {@link System#nanoTime}. */
    public boolean hasSeen(UUID request, long since) {
        Long seenAt = lastSeen.get(request);
        return seenAt != null && seenAt - since > 0;
    }

    /** Records so far. */
    public long seen() {
        return seen.get();
    }

    /** Returns when all that is published by now is written down. False: it was not, after so long. */
    public boolean awaitEnd(Duration atMost) {
        Instant now = Instant.now();
        isAwaited = true;
        try {
            return Await.until(atMost, () -> !atTheEnd.isBefore(now));
        } finally {
            isAwaited = false;
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
