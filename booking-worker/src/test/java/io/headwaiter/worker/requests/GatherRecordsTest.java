package io.headwaiter.worker.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatherRecordsTest {

    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofMillis(50);
    private static final int ENOUGH = 200;

    private final TopicPartition earlier = new TopicPartition("requests", 0);
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
        consumer.rebalance(List.of(earlier, one, two));
        consumer.updateBeginningOffsets(Map.of(earlier, 0L, one, 0L, two, 0L));
    }

    @Test
    void where_some_should_have_come_meanwhile_they_are_added_in_the_order_of_offsets() {
        theyCome(100);
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
    void one_who_should_have_come_is_worth_a_second_poll() {
        theyCome(300);
        pass(Duration.ofMillis(4));
        atNextPoll(() -> has(one, 0));
        atNextPoll(() -> has(one, 1));

        assertThat(offsets(poll(), one)).containsExactly(0L, 1L);
    }

    @Test
    void whoever_comes_alone_waits_for_nobody() {
        theyCome(10);
        pass(Duration.ofMillis(5));
        atNextPoll(() -> has(one, 0));
        atNextPoll(() -> has(one, 1));

        assertThat(offsets(poll(), one)).containsExactly(0L);
        assertThat(rests).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"250, 24", "500, 384", "1000, 6144", "1250, 15000", "1990, 15000"})
    void the_faster_they_come_the_longer_a_turn_takes(int aSecond, long micros) {
        theyCome(aSecond);

        poll();

        assertThat(rests).containsExactly(Duration.of(micros, ChronoUnit.MICROS));
    }

    @Test
    void a_turn_is_made_no_longer_than_a_crowd_takes_well() {
        pass(GatherRecords.COUNTED);
        has(earlier, LongStream.range(0, ENOUGH - 1).toArray());
        poll();

        poll();

        assertThat(rests).containsExactly(GatherRecords.TURN);
    }

    @Test
    void a_batch_is_no_crowd_for_being_large_after_a_long_turn() {
        pass(Duration.ofSeconds(2));
        has(earlier, LongStream.range(0, ENOUGH - 1).toArray());
        poll();
        pass(Duration.ofMillis(5));

        poll();

        assertThat(rests).isEmpty();
    }

    @Test
    void a_crowd_is_forgotten_when_nobody_comes() {
        theyCome(1000);
        theyCome(0);
        pass(Duration.ofMillis(1));
        rests.clear();

        poll();

        assertThat(rests).isEmpty();
    }

    @Test
    void nobody_is_waited_for_when_there_is_enough() {
        theyCome(100);
        pass(LONG);
        atNextPoll(() -> has(one, LongStream.range(0, ENOUGH).toArray()));
        atNextPoll(() -> has(one, ENOUGH));

        assertThat(poll().count()).isEqualTo(ENOUGH);

        poll();
        assertThat(rests).isEmpty();
    }

    @Test
    void records_come_again_when_the_poll_after_theirs_fails() {
        theyCome(100);
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
        theyCome(100);
        pass(LONG);
        atNextPoll(() -> has(one, 0).has(two, 0));
        atNextPoll(() -> consumer.rebalance(List.of(two)));

        ConsumerRecords<byte[], byte[]> records = poll();

        assertThat(records.partitions()).containsExactly(two);
        assertThat(records.nextOffsets()).containsOnlyKeys(two);
    }

    /** For a tenth of a second. */
    private void theyCome(int aSecond) {
        pass(Duration.ofMillis(100));
        has(earlier, LongStream.range(0, aSecond / 10).toArray());
        poll();
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
