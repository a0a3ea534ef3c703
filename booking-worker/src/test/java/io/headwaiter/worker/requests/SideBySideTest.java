package io.headwaiter.worker.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.stream.Collectors;
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
    void no_partition_is_in_two_parts_and_each_keeps_its_order() {
        sideBySide.handle(records(5 * LARGE, 5), handled::add);

        assertThat(handled).hasSize(2);
        assertThat(handled)
                .flatExtracting(part ->
                        part.stream().map(ConsumerRecord::partition).distinct().toList())
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        assertThat(handled).allSatisfy(part -> assertThat(part.stream()
                        .collect(Collectors.groupingBy(
                                ConsumerRecord::partition,
                                Collectors.mapping(ConsumerRecord::offset, Collectors.toList())))
                        .values())
                .allSatisfy(offsets -> assertThat(offsets).hasSize(LARGE).isSorted()));
    }

    @Test
    void what_came_to_one_partition_is_one_part_however_much_it_is() {
        List<ConsumerRecord<byte[], byte[]>> batch = records(MOST_TOGETHER, 1);

        sideBySide.handle(batch, handled::add);

        assertThat(handled).containsExactly(batch);
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
        batch.add(new ConsumerRecord<>("requests", 1, 0, new byte[0], new byte[0]));

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
            if (part.getFirst().partition() == 0) {
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
                    if (part.getFirst().partition() == 1) {
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

    private static List<ConsumerRecord<byte[], byte[]>> records(int count, int partitions) {
        byte[] nothing = {};
        return IntStream.range(0, count)
                .mapToObj(
                        i -> new ConsumerRecord<>("requests", i % partitions, (long) i / partitions, nothing, nothing))
                .toList();
    }
}
