package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.EVENING;
import static io.headwaiter.worker.testing.Asking.minutesAfter;
import static io.headwaiter.worker.testing.Asking.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.worker.testing.EveryRequestAnswered;
import io.headwaiter.worker.testing.HeldTransaction;
import io.headwaiter.worker.testing.RunningWorker;
import io.headwaiter.worker.testing.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

class StoppingTest {

    private static final int PARTITION = 4;

    private final RunningWorker shared = RunningWorker.shared();
    private final List<RequestMessage> asked = new ArrayList<>();
    private final ARestaurant.Added restaurant = shared.add(aRestaurant().withTables(4));

    @Test
    void a_worker_that_is_told_to_stop_decides_publishes_and_commits_the_batch_in_hand() {
        shared.whileStopped(() -> {
            ConfigurableApplicationContext stopping = shared.start();
            ConcurrentMessageListenerContainer<?, ?> requests =
                    stopping.getBean(ConcurrentMessageListenerContainer.class);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> requests.getAssignedPartitions() != null
                            && requests.getAssignedPartitions().size() == 12);
            long before = shared.committedOffset(PARTITION);
            CompletableFuture<Void> stopped;
            long start;
            try (HeldTransaction held = new HeldTransaction(shared.database())
                    .with(
                            "insert into table_occupancy (restaurant_id, table_id, starts_at, ends_at)"
                                    + " values (?, ?, ?::timestamptz, ?::timestamptz)",
                            restaurant.id(),
                            restaurant.table(0),
                            EVENING.toString(),
                            minutesAfter(EVENING, 15).toString())) {
                requests.pause();
                await().until(requests::isContainerPaused);
                for (int i = 0; i < 50; i++) {
                    asked.add(shared.placeOn(
                            PARTITION,
                            RequestId.create(),
                            table(restaurant.id(), restaurant.table(0), minutesAfter(EVENING, 135L * i), 4)));
                }
                requests.resume();
                HeldTransaction.awaitWaiting(shared.jdbc(), 1);
                start = System.nanoTime();
                stopped = CompletableFuture.runAsync(stopping::close);
                await().until(() -> !requests.isRunning());
                assertThat(stopped).isNotDone();
            }
            stopped.join();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            // What it had in hand is whole; what it had not begun is for whoever comes next.
            int decided = Stored.of(asked, shared.jdbc()).size();
            assertThat(decided).isPositive();
            assertThat(shared.committedOffset(PARTITION)).isEqualTo(before + decided);
            new EveryRequestAnswered(shared.jdbc(), shared.events).check(asked.subList(0, decided));
        });

        new EveryRequestAnswered(shared.jdbc(), shared.events).check(asked);
        assertThat(asked).allSatisfy(request -> assertThat(shared.events.seen(request.id()))
                .hasSize(1));
    }
}
