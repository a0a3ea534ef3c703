package io.headwaiter.worker.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatherRecordsTest {

    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final Duration LONG = GatherRecords.TURN.plusMillis(1);
    private static final int ENOUGH = 20;

    private final TopicPartition one = new TopicPartition("requests", 1);
    private final TopicPartition two = new TopicPartition("requests", 2);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final List<Duration> rests = new ArrayList<>();
    private long now;
    private final GatherRecords gather = new GatherRecords(ENOUGH, () -> now, nanos -> {
        rests.add(Duration.ofNanos(nanos));
        now += nanos;
    });

    @BeforeEach
    void assign() {
        consumer.subscribe(List.of("requests"));
        consumer.rebalance(List.of(one, two));
        consumer.updateBeginningOffsets(Map.of(one, 0L, two, 0L));
    }

    @Test
    void after_a_long_turn_what_has_come_meanwhile_is_added_in_the_order_of_offsets() {
        pass(LONG);
        atNextPoll(() -> has(one, 0));
        atNextPoll(() -> has(one, 1, 2, 3).has(two, 0));

        ConsumerRecords<byte[], byte[]> records = poll();

        assertThat(offsets(records, one)).containsExactly(0L, 1L, 2L, 3L);
        assertThat(offsets(records, two)).containsExactly(0L);
        assertThat(records.nextOffsets().get(one))
                .extracting(OffsetAndMetadata::offset)
                .isEqualTo(4L);
    }

    @Test
    void after_a_short_turn_it_is_the_consumers_own_poll() {
        atNextPoll(() -> has(one, 0));
        atNextPoll(() -> has(one, 1));

        assertThat(offsets(poll(), one)).containsExactly(0L);
        assertThat(rests).isEmpty();
    }

    @Test
    void nobody_is_waited_for_when_there_is_enough() {
        pass(LONG);
        atNextPoll(() -> has(one, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19));
        atNextPoll(() -> has(one, 20));

        assertThat(poll().count()).isEqualTo(ENOUGH);

        atNextPoll(() -> {});
        poll();
        assertThat(rests).isEmpty();
    }

    @Test
    void in_a_crowd_a_turn_takes_its_time() {
        for (int turn = 0; turn < 5; turn++) {
            pass(Duration.ofMillis(5));
            long first = turn * 4;
            atNextPoll(() -> has(one, first, first + 1, first + 2, first + 3));
            poll();
        }
        pass(Duration.ofMillis(5));

        poll();

        assertThat(rests).containsExactly(GatherRecords.TURN.minusMillis(5));
    }

    @Test
    void a_batch_is_no_crowd_for_being_large_after_a_long_turn() {
        pass(Duration.ofMillis(200));
        atNextPoll(() -> has(one, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18));
        poll();
        pass(Duration.ofMillis(5));

        poll();

        assertThat(rests).isEmpty();
    }

    @Test
    void records_come_again_when_the_poll_after_theirs_fails() {
        pass(LONG);
        atNextPoll(() -> has(one, 0).has(two, 0, 1));
        atNextPoll(() -> {
            throw new KafkaException("not now");
        });

        assertThatThrownBy(this::poll).hasMessage("not now");

        assertThat(consumer.position(one)).isZero();
        assertThat(consumer.position(two)).isZero();
    }

    @Test
    void records_of_a_partition_that_is_lost_meanwhile_are_left_to_its_new_owner() {
        pass(LONG);
        atNextPoll(() -> has(one, 0).has(two, 0));
        atNextPoll(() -> consumer.rebalance(List.of(two)));

        ConsumerRecords<byte[], byte[]> records = poll();

        assertThat(records.partitions()).containsExactly(two);
        assertThat(records.nextOffsets()).containsOnlyKeys(two);
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        return gather.poll(consumer, consumer::poll, PATIENCE);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void atNextPoll(Runnable happens) {
        consumer.schedulePollTask(happens);
    }

    private GatherRecordsTest has(TopicPartition partition, long... offsets) {
        for (long offset : offsets) {
            consumer.addRecord(
                    new ConsumerRecord<>(partition.topic(), partition.partition(), offset, new byte[0], new byte[0]));
        }
        return this;
    }

    private static List<Long> offsets(ConsumerRecords<byte[], byte[]> records, TopicPartition partition) {
        return records.records(partition).stream().map(ConsumerRecord::offset).toList();
    }
}
