package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.EVENING;
import static io.headwaiter.worker.testing.Asking.aTable;
import static io.headwaiter.worker.testing.Asking.minutesAfter;
import static org.awaitility.Awaitility.await;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.schemas.Topics;
import io.headwaiter.worker.testing.EveryRequestAnswered;
import io.headwaiter.worker.testing.NoDoubleBooking;
import io.headwaiter.worker.testing.RandomSeed;
import io.headwaiter.worker.testing.RunningWorker;
import io.headwaiter.worker.testing.SameAnswerOnReplay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

class TwoWorkersTest {

    @RegisterExtension
    final RandomSeed seed = new RandomSeed();

    private final RunningWorker worker = RunningWorker.shared();
    private final ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(2, 2, 4, 6));
    private final List<RequestMessage> asked = new ArrayList<>();

    @Test
    void a_worker_that_joins_and_leaves_in_the_middle_loses_nothing_and_doubles_nothing() {
        ask(300);
        try (ConfigurableApplicationContext second = worker.start()) {
            ask(300);
            ConcurrentMessageListenerContainer<?, ?> requests =
                    second.getBean(ConcurrentMessageListenerContainer.class);
            await("the second worker's share of the partitions")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> requests.getAssignedPartitions().size() >= 4);
            ask(300);
        }
        ask(300);

        new EveryRequestAnswered(worker.jdbc(), worker.events).check(asked);
        new SameAnswerOnReplay(worker.jdbc(), worker.events).check(asked);
        new NoDoubleBooking(worker.jdbc()).check();
    }

    private void ask(int count) {
        for (int i = 0; i < count; i++) {
            asked.add(worker.placeOn(
                    seed.random.nextInt(Topics.REQUEST_PARTITIONS),
                    RequestId.create(),
                    aTable(
                            restaurant.id(),
                            minutesAfter(EVENING, 15L * seed.random.nextInt(200)),
                            1 + seed.random.nextInt(6))));
        }
    }
}
