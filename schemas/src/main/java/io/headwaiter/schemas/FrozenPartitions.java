package io.headwaiter.schemas;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/**
 * Looks, at once and then now and again, whether {@link Topics#REQUESTS} has its frozen number of partitions. A broker that is
 * away, or a topic that is not made yet, is waited for.
 */
public final class FrozenPartitions implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 5_000;

    private final Map<String, Object> settings;
    private final Duration every;
    private final Consumer<String> wrong;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("frozen-partitions").daemon().unstarted(this::watch);

    /**
     * @param kafka how the broker is reached
     * @param wrong is told once, in a sentence, when the number is another
     */
    public FrozenPartitions(Map<String, Object> kafka, Duration every, Consumer<String> wrong) {
        this.settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        // Others tell of a broker that is away; here it need not be tried as often.
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, PATIENCE_MILLIS);
        this.every = every;
        this.wrong = wrong;
    }

    /** What is wrong with a topic that has another number of partitions, and what to do about it. */
    public static String complaint(String topic, int expected, int found) {
        return "The topic " + topic + " has " + found + " partitions and must have " + expected
                + ": a request's partition follows from its key and this number."
                + " Make the topic anew, or give this installation another broker";
    }

    public void start() {
        thread.start();
    }

    private void watch() {
        try {
            do {
                watchUntilItBreaks();
            } while (!closed.await(every.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void watchUntilItBreaks() throws InterruptedException {
        try (Admin admin = Admin.create(settings)) {
            do {
                int found = partitions(admin);
                if (found != Topics.REQUEST_PARTITIONS) {
                    closed.countDown();
                    wrong.accept(complaint(Topics.REQUESTS, Topics.REQUEST_PARTITIONS, found));
                }
            } while (!closed.await(every.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException | KafkaException away) {
            // The next look is at another time.
        }
    }

    private static int partitions(Admin admin) throws ExecutionException, InterruptedException {
        return admin.describeTopics(List.of(Topics.REQUESTS)).allTopicNames().get().values().stream()
                .mapToInt(topic -> topic.partitions().size())
                .sum();
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
