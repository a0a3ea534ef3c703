package io.headwaiter.worker.migrating;

import io.headwaiter.schemas.FrozenPartitions;
import io.headwaiter.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaAdmin;

/** Makes the topics that are missing, and refuses to go on when one has another number of partitions than is frozen. */
class MakeTopics {

    private final KafkaAdmin kafka;
    private final short replicas;

    MakeTopics(KafkaAdmin kafka, MigrateProperties properties) {
        this.kafka = kafka;
        this.replicas = properties.topicReplicas();
    }

    void make() {
        try (Admin admin = Admin.create(kafka.getConfigurationProperties())) {
            make(admin, topic(Topics.REQUESTS, Topics.REQUEST_PARTITIONS, Topics.REQUESTS_KEPT));
            make(admin, topic(Topics.EVENTS, Topics.EVENT_PARTITIONS, Topics.EVENTS_KEPT));
            NewTopic deadLetters = topic(Topics.DEAD_LETTERS, 1, Topics.DEAD_LETTERS_KEPT);
            deadLetters
                    .configs()
                    .put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Topics.LARGEST_DEAD_LETTER));
            make(admin, deadLetters);
        } catch (ExecutionException failure) {
            throw new KafkaException("the topics cannot be made", failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KafkaException("stopped while making the topics", stopped);
        }
    }

    /** With three copies or more, two must have a record before it is acknowledged: one lost disk then loses nothing. */
    private NewTopic topic(String name, int partitions, Duration kept) {
        Map<String, String> settings = new HashMap<>();
        settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(kept.toMillis()));
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        if (replicas >= 3) {
            settings.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
        }
        return new NewTopic(name, partitions, replicas).configs(settings);
    }

    private static void make(Admin admin, NewTopic topic) throws ExecutionException, InterruptedException {
        try {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException failure) {
            if (!(failure.getCause() instanceof TopicExistsException)) {
                throw failure;
            }
            TopicDescription found = admin.describeTopics(List.of(topic.name()))
                    .allTopicNames()
                    .get()
                    .values()
                    .iterator()
                    .next();
            int partitions = found.partitions().size();
            if (partitions != topic.numPartitions()) {
                throw new WrongSetup(FrozenPartitions.complaint(topic.name(), topic.numPartitions(), partitions));
            }
        }
    }
}
