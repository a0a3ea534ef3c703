package io.headwaiter.worker.retiring;

import io.headwaiter.schemas.Topics;
import io.headwaiter.worker.operating.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * What the topics hold, however long they are told to keep it: a request may be delivered again, by reset offsets or after a
 * restore, and must find its decision; a dead letter may be sent again; an event may be compared with what was decided.
 */
class StillInTopics {

    /** How far a gateway's clock, which stamps the records, may be from the database's. */
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    private final KafkaAdmin kafka;

    StillInTopics(KafkaAdmin kafka) {
        this.kafka = kafka;
    }

    /** @throws Refused when a topic reaches back so far that a decision made before this moment may still be asked for */
    void check(Instant before) {
        try (Admin admin = Admin.create(kafka.getConfigurationProperties())) {
            for (String topic : List.of(Topics.REQUESTS, Topics.EVENTS, Topics.DEAD_LETTERS)) {
                Optional<Instant> oldest = oldest(admin, topic);
                if (oldest.isPresent() && oldest.get().isBefore(before.plus(CLOCKS_DIFFER))) {
                    throw new Refused(
                            "The topic " + topic + " holds records of " + oldest.get()
                                    + ", whose decisions must stay where they are found. Nothing was moved: give"
                                    + " HEADWAITER_RETIRE_AFTER an age that is more than a day over that, or let the topic keep less");
                }
            }
        } catch (ExecutionException failure) {
            throw new KafkaException("the topics cannot be read", failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KafkaException("stopped while reading the topics", stopped);
        }
    }

    /** The time of the first record of any partition; later ones may be older by as much as clocks differ. */
    private static Optional<Instant> oldest(Admin admin, String topic) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> first =
                admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                        .flatMap(found -> found.partitions().stream())
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        // Of an offset asked for by its place, the broker does not say the time.
                        .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.forTimestamp(0)));
        return admin.listOffsets(first).all().get().values().stream()
                .filter(found -> found.offset() >= 0)
                .map(ListOffsetsResultInfo::timestamp)
                .map(Instant::ofEpochMilli)
                .min(Instant::compareTo);
    }
}
