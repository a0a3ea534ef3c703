package io.headwaiter.consumers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.local.services.FreePort;
import io.headwaiter.local.services.LocalBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;

/** Members that have a name in their group, as an operator may give them one. */
class NamedMemberTest {

    private static final String GROUP = "named";
    private static final Map<String, Object> NAME = Map.of(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "stays");
    /** Of one partition, for the first to come: it makes the assignments, and has nothing to give up itself. */
    private static final String LEADERS = "leaders";

    private static final String SHARED = "shared";
    private static final Set<TopicPartition> ALL_SHARED =
            Set.of(new TopicPartition(SHARED, 0), new TopicPartition(SHARED, 1));

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    private final List<KafkaMessageListenerContainer<byte[], byte[]>> running = new ArrayList<>();
    private LocalBroker broker;
    private Admin admin;

    @BeforeEach
    void startBroker(@TempDir Path directory) throws Exception {
        broker =
                LocalBroker.start(new LocalBroker.Settings(directory.resolve("broker"), FreePort.find(), "256m", true));
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        admin.createTopics(List.of(new NewTopic(LEADERS, 1, (short) 1), new NewTopic(SHARED, 2, (short) 1)))
                .all()
                .get();
    }

    @AfterEach
    void stopBroker() {
        // Together: one that goes alone has the others rebalance, who cannot go meanwhile.
        running.parallelStream().forEach(KafkaMessageListenerContainer::stop);
        admin.close();
        broker.stop(Duration.ofSeconds(5));
    }

    @Test
    void what_a_member_was_to_give_up_when_it_died_is_taken_up_once_it_is_back() {
        start(Map.of(), LEADERS);
        await().ignoreExceptions().atMost(LONG_ENOUGH).until(() -> assigned().size() == 1);
        KafkaConsumer<byte[], byte[]> dying = new KafkaConsumer<>(settings(NAME));
        dying.subscribe(Set.of(SHARED));
        await().atMost(LONG_ENOUGH).until(() -> {
            dying.poll(Duration.ofMillis(100));
            return dying.assignment().equals(ALL_SHARED);
        });
        start(Map.of(), SHARED);
        // It joins, polls no more, and so does not hear that one of its partitions is to be the other's.
        await().pollInterval(Duration.ofSeconds(1)).atMost(LONG_ENOUGH).until(() -> {
            ConsumerGroupDescription group = group();
            if (group.groupState() == GroupState.PREPARING_REBALANCE) {
                dying.poll(Duration.ZERO);
            }
            return group.groupState() == GroupState.STABLE && group.members().size() == 3;
        });
        assertThat(dying.assignment()).isEqualTo(ALL_SHARED);
        assertThat(assigned()).hasSize(2);
        dying.close(CloseOptions.timeout(Duration.ZERO));

        start(NAME, SHARED);

        await().atMost(LONG_ENOUGH).untilAsserted(() -> assertThat(assigned()).containsAll(ALL_SHARED));
    }

    private Map<String, Object> settings(Map<String, Object> more) {
        Map<String, Object> settings = SharePartitions.settings(more);
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        // Whoever dies here is not given up: nothing but its being back is to bring about a rebalance.
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 2 * (int) LONG_ENOUGH.toMillis());
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return settings;
    }

    private void start(Map<String, Object> more, String topic) {
        ContainerProperties properties = SharePartitions.container(topic, GROUP);
        properties.setMessageListener((MessageListener<byte[], byte[]>) record -> {});
        var consumers = new DefaultKafkaConsumerFactory<byte[], byte[]>(settings(more));
        var container = new KafkaMessageListenerContainer<>(consumers, properties);
        container.start();
        running.add(container);
    }

    private Set<TopicPartition> assigned() {
        return group().members().stream()
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .collect(Collectors.toSet());
    }

    private ConsumerGroupDescription group() {
        try {
            return admin.describeConsumerGroups(Set.of(GROUP))
                    .describedGroups()
                    .values()
                    .iterator()
                    .next()
                    .get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
