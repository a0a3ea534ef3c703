package io.headwaiter.consumers;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/**
 * Has a member with a name in its group ({@code group.instance.id}) rebalance the group once after it has joined. The broker gives it
 * what the one before it under this name was assigned last, and asks nobody else. Where that one was to give up partitions, and died
 * before it heard of it, it never said that they are free: they would be nobody's until something else makes the group rebalance, five
 * minutes later or never. In a cooperative rebalance everybody goes on with what they have, and commits when it is over.
 *
 * <p>Says what comes and goes, as Spring's own listener does where there is no other.
 */
final class TakeUpWhatIsLeft implements ConsumerAwareRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(TakeUpWhatIsLeft.class);

    private final Set<String> joined = ConcurrentHashMap.newKeySet();

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        ConsumerGroupMetadata member = consumer.groupMetadata();
        LOG.info("{}: partitions assigned: {}", member.groupId(), partitions);
        if (member.groupInstanceId().isPresent() && joined.add(member.memberId())) {
            consumer.enforceRebalance("the one before under this name may have left partitions to nobody");
        }
    }

    @Override
    public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        LOG.info("{}: partitions revoked: {}", consumer.groupMetadata().groupId(), partitions);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        LOG.info("{}: partitions lost: {}", consumer.groupMetadata().groupId(), partitions);
    }
}
