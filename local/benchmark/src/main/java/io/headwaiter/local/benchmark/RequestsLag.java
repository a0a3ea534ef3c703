package io.headwaiter.local.benchmark;

import io.headwaiter.schemas.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** How far the worker is behind: what is in the topic of requests, less what it has committed. */
record RequestsLag(Admin admin) implements AutoCloseable {

    private static final String GROUP = "booking-worker";
    private static final long BETWEEN_LOOKS = Duration.ofMillis(50).toNanos();
    /** So long without any progress, and it is not waited for. */
    private static final int LOOKS_WITHOUT_PROGRESS = 600;

    static RequestsLag of(String bootstrapServers) {
        return new RequestsLag(Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers)));
    }

    /** Where each partition ends now. */
    Map<TopicPartition, Long> ends() {
        Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, Topics.REQUEST_PARTITIONS)
                .mapToObj(partition -> new TopicPartition(Topics.REQUESTS, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return get(admin.listOffsets(latest).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    /** What of that before these ends is undecided. */
    long before(Map<TopicPartition, Long> ends) {
        Map<TopicPartition, OffsetAndMetadata> decided =
                get(admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata());
        return ends.entrySet().stream()
                .mapToLong(end -> {
                    OffsetAndMetadata offset = decided.get(end.getKey());
                    return Math.max(0, end.getValue() - (offset == null ? 0 : offset.offset()));
                })
                .sum();
    }

    long now() {
        return before(ends());
    }

    /** Returns when there is none, or it gets no less. @return what is left */
    long awaitNone() {
        long least = Long.MAX_VALUE;
        for (int looks = 0; looks < LOOKS_WITHOUT_PROGRESS; looks++) {
            long left = now();
            if (left == 0) {
                return 0;
            }
            if (left < least) {
                least = left;
                looks = 0;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
        return least;
    }

    /** Nobody will decide what is there. For when no worker runs. */
    void forget() {
        get(admin.alterConsumerGroupOffsets(
                        GROUP,
                        ends().entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey, end -> new OffsetAndMetadata(end.getValue()))))
                .all());
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker cannot say how far the worker is", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
