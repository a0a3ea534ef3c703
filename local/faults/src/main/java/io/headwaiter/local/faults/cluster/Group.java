package io.headwaiter.local.faults.cluster;

import io.headwaiter.schemas.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** The workers' consumer group, as the broker sees it: who has which partition, and how far each is. */
public final class Group implements AutoCloseable {

    private static final String NAME = "booking-worker";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Admin admin;

    public Group(String bootstrapServers) {
        this.admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 3_000,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200));
    }

    /** The broker could not be asked. */
    public static final class Away extends Exception {
        private static final long serialVersionUID = 1;

        private Away(Throwable cause) {
            super(cause);
        }
    }

    public static Set<Integer> all() {
        return IntStream.range(0, Topics.REQUEST_PARTITIONS).boxed().collect(Collectors.toUnmodifiableSet());
    }

    /** Of each partition, up to where all is decided, published and done with. */
    public Map<Integer, Long> committed() throws Away {
        Map<Integer, Long> committed = new HashMap<>();
        get(admin.listConsumerGroupOffsets(NAME).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> committed.put(partition.partition(), offset.offset()));
        return committed;
    }

    /** Of each partition, the offset that the next request gets. */
    public Map<Integer, Long> ends() throws Away {
        Map<Integer, Long> ends = new HashMap<>();
        get(admin.listOffsets(partitions(all()).stream()
                                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                        .all())
                .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
        return ends;
    }

    /** The partitions of one worker. */
    public Set<Integer> partitionsOf(Worker worker) throws Away {
        return get(admin.describeConsumerGroups(Set.of(NAME)).all()).values().stream()
                .flatMap(group -> group.members().stream())
                .filter(member -> member.clientId().startsWith(worker.name()))
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .map(TopicPartition::partition)
                .collect(Collectors.toSet());
    }

    /**
     * Waits until each of these partitions has been decided some way beyond where it was.
     *
     * @param from where each was
     * @param since when, by {@link System#nanoTime}
     * @return how long that took; empty when it took longer than the limit, unless nobody asked for anything there
     */
    public Optional<Duration> awaitAdvance(
            Collection<Integer> partitions, Map<Integer, Long> from, long since, Duration limit) {
        Set<Integer> waiting = new HashSet<>(partitions);
        while (System.nanoTime() - since < limit.toNanos()) {
            try {
                Map<Integer, Long> now = committed();
                waiting.removeIf(partition -> now.getOrDefault(partition, 0L) > from.getOrDefault(partition, 0L));
                if (waiting.isEmpty()) {
                    return Optional.of(Duration.ofNanos(System.nanoTime() - since));
                }
            } catch (Away notNow) {
                // That is what is waited for.
            }
            Await.pause(BETWEEN_LOOKS);
        }
        return Optional.empty();
    }

    /** Whether there is nothing left to decide. */
    public boolean isDone() {
        try {
            Map<Integer, Long> committed = committed();
            return ends().entrySet().stream()
                    .allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
        } catch (Away notNow) {
            return false;
        }
    }

    /** Whether every copy of every request is where it should be. */
    public boolean isReplicated() {
        try {
            return get(admin.describeTopics(Set.of(Topics.REQUESTS, Topics.EVENTS))
                            .allTopicNames())
                    .values()
                    .stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition ->
                            partition.isr().size() == partition.replicas().size());
        } catch (Away notNow) {
            return false;
        }
    }

    /** {@link #committed}, as soon as the broker can be asked. */
    public Map<Integer, Long> committedWhenever() {
        return whenever(this::committed);
    }

    /** {@link #ends}, as soon as the broker can be asked. */
    public Map<Integer, Long> endsWhenever() {
        return whenever(this::ends);
    }

    private interface Look<T> {
        T now() throws Away;
    }

    private static <T> T whenever(Look<T> look) {
        while (true) {
            try {
                return look.now();
            } catch (Away notNow) {
                Await.aMoment();
            }
        }
    }

    /** Once nobody is in the group: from the first request on, all over again. */
    public void resetToBeginning() throws Away {
        get(admin.alterConsumerGroupOffsets(
                        NAME,
                        partitions(all()).stream()
                                .collect(Collectors.toMap(
                                        partition -> partition, partition -> new OffsetAndMetadata(0))))
                .all());
    }

    /** There is no way back. */
    public void addPartition() throws Away {
        get(admin.createPartitions(Map.of(Topics.REQUESTS, NewPartitions.increaseTo(Topics.REQUEST_PARTITIONS + 1)))
                .all());
    }

    private static Set<TopicPartition> partitions(Collection<Integer> numbers) {
        return numbers.stream()
                .map(number -> new TopicPartition(Topics.REQUESTS, number))
                .collect(Collectors.toSet());
    }

    private static <T> T get(KafkaFuture<T> future) throws Away {
        try {
            return future.get();
        } catch (ExecutionException failure) {
            throw new Away(failure.getCause() == null ? failure : failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Away(stopped);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
