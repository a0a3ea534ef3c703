package io.headwaiter.consumers;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * How consumers share a topic's partitions with those of the other processes of their app: from the beginning, at least once, and
 * nothing left out.
 */
public final class SharePartitions {

    private static final int SESSION_MILLIS = 6_000;
    private static final int HEARTBEAT_MILLIS = 500;

    private SharePartitions() {}

    /** @param kafka how the broker is reached, and what else is set for consumers */
    public static Map<String, Object> settings(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        // Longer than the server lets any of the worker's transactions live (transaction_timeout, 5 s): when another
        // one gets the partitions of one that hangs, the one that hangs holds no lock any more.
        settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        // A member's end is known after its session, and the others hear of it at their next heartbeat, twice in a
        // cooperative rebalance. So these are short: the partitions of one that died wait for them.
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
        return settings;
    }

    /** What a container has that reads this topic as a member of this group, with these {@link #settings}. */
    public static ContainerProperties container(String topic, String group) {
        ContainerProperties container = new ContainerProperties(topic);
        container.setGroupId(group);
        container.setConsumerRebalanceListener(new TakeUpWhatIsLeft());
        return container;
    }

    /**
     * While the database or the broker is away the partitions are paused, the group is kept, and the batch is tried again. For listeners
     * that see to it that no failure is a record's fault: there is no exception that has one skipped.
     *
     * @param from the first pause; each is twice the one before
     * @param upTo the longest
     */
    public static DefaultErrorHandler tryForEver(Duration from, Duration upTo) {
        ExponentialBackOff pauses = new ExponentialBackOff(from.toMillis(), 2);
        pauses.setMaxInterval(upTo.toMillis());
        DefaultErrorHandler handler = new DefaultErrorHandler(pauses);
        handler.setClassifications(Map.of(), true);
        return handler;
    }
}
