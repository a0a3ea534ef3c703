package io.headwaiter.worker.requests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwaiter.schemas.RequestKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class SideBySideTest {

    private static final int LARGE = 2 * SideBySide.WORTH_A_TRANSACTION;
    private static final int MOST_TOGETHER = 5 * LARGE;

    private final SideBySide sideBySide = new SideBySide(2, MOST_TOGETHER);
    private final Queue<List<ConsumerRecord<byte[], byte[]>>> handled = new ConcurrentLinkedQueue<>();

    @Test
    void a_small_batch_is_one_part_on_the_consumers_own_thread() {
        List<ConsumerRecord<byte[], byte[]>> batch = records(LARGE - 1, 12);
        List<Thread> threads = new ArrayList<>();

        sideBySide.handle(batch, part -> {
            threads.add(Thread.currentThread());
            handled.add(part);
        });

        assertThat(handled).containsExactly(batch);
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void no_restaurant_is_in_two_parts_and_each_keeps_its_order() {
        sideBySide.handle(records(5 * LARGE, 5), handled::add);

        assertThat(handled).hasSize(2);
        assertThat(handled)
                .flatExtracting(part ->
                        part.stream().map(SideBySideTest::key).distinct().toList())
                .containsExactlyInAnyOrder("0", "1", "2", "3", "4");
        assertThat(handled).allSatisfy(part -> assertThat(part.stream()
                        .collect(groupingBy(SideBySideTest::key, mapping(ConsumerRecord::offset, toList())))
                        .values())
                .allSatisfy(offsets -> assertThat(offsets).hasSize(LARGE).isSorted()));
    }

    @Test
    void what_one_restaurant_is_asked_is_one_part_however_much_it_is() {
        List<ConsumerRecord<byte[], byte[]>> batch = records(MOST_TOGETHER, 1);

        sideBySide.handle(batch, handled::add);

        assertThat(handled).containsExactly(batch);
    }

    @Test
    void what_is_no_request_is_handled_with_the_others() {
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>(records(LARGE, 12));
        for (byte[] key : new byte[][] {null, {}, {'/'}, {(byte) 0xC3}, {'1'}}) {
            batch.add(new ConsumerRecord<>("requests", 0, batch.size(), key, null));
        }

        sideBySide.handle(batch, handled::add);

        assertThat(handled).hasSize(2);
        assertThat(handled.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(batch);
    }

    @Test
    void a_part_that_is_too_much_for_a_transaction_is_handled_in_pieces_one_after_the_other() {
        List<ConsumerRecord<byte[], byte[]>> batch = records(MOST_TOGETHER + 1, 1);

        sideBySide.handle(batch, handled::add);

        assertThat(handled).hasSize(2).allSatisfy(piece -> assertThat(piece).hasSizeLessThanOrEqualTo(MOST_TOGETHER));
        assertThat(handled.stream().flatMap(List::stream)).containsExactlyElementsOf(batch);
    }

    @Test
    void what_is_too_little_for_a_transaction_gets_none_of_its_own() {
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>(records(LARGE, 1));
        batch.add(record(1, 0));

        sideBySide.handle(batch, handled::add);

        assertThat(handled).containsExactly(batch);
    }

    @Test
    void parts_are_handled_at_the_same_time() {
        CyclicBarrier both = new CyclicBarrier(2);

        sideBySide.handle(records(LARGE, 12), part -> {
            try {
                both.await(30, TimeUnit.SECONDS);
            } catch (Exception alone) {
                throw new IllegalStateException(alone);
            }
        });

        assertThat(both.isBroken()).isFalse();
    }

    @Test
    void a_part_that_fails_is_told_of_when_the_others_have_ended() {
        CountDownLatch released = new CountDownLatch(1);
        CompletableFuture<Void> both = CompletableFuture.runAsync(() -> sideBySide.handle(records(LARGE, 2), part -> {
            handled.add(part);
            if (key(part.getFirst()).equals("0")) {
                throw new IllegalStateException("not now");
            }
            await(released);
        }));

        // What does not happen tells nobody when.
        assertThat(both).failsWithin(Duration.ofMillis(200)).withThrowableOfType(TimeoutException.class);
        assertThat(handled).hasSize(2);
        released.countDown();

        assertThat(both)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("not now");
    }

    @Test
    void what_ends_a_consumer_ends_it_from_a_part_too() {
        assertThatThrownBy(() -> sideBySide.handle(records(LARGE, 2), part -> {
                    if (key(part.getFirst()).equals("1")) {
                        throw new OutOfMemoryError("of one part");
                    }
                    throw new IllegalStateException("of the other");
                }))
                .isInstanceOf(OutOfMemoryError.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** In turn of each of so many restaurants. */
    private static List<ConsumerRecord<byte[], byte[]>> records(int count, int restaurants) {
        return IntStream.range(0, count)
                .mapToObj(i -> record(i % restaurants, i))
                .toList();
    }

    private static ConsumerRecord<byte[], byte[]> record(int restaurant, int offset) {
        // Of any of its tables, so in any partition.
        byte[] key = new RequestKey(restaurant, offset).toString().getBytes(UTF_8);
        return new ConsumerRecord<>("requests", RequestKey.partitionOf(key), offset, key, new byte[0]);
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return Long.toString(RequestKey.parse(new String(record.key(), UTF_8)).restaurantId());
    }
}
