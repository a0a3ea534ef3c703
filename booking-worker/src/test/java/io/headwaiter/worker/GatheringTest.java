package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.EVENING;
import static io.headwaiter.worker.testing.Asking.minutesAfter;
import static io.headwaiter.worker.testing.Asking.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.worker.testing.HeldTransaction;
import io.headwaiter.worker.testing.RunningWorker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatheringTest {

    private static final int PARTITION = 7;

    private static final Duration LONG = Duration.ofMillis(100);

    private final RunningWorker worker = RunningWorker.shared();
    private final ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(4));

    @Test
    void what_gathers_while_a_batch_takes_long_is_one_batch() {
        List<RequestMessage> asked = new ArrayList<>();
        long before = batches();
        try (HeldTransaction other = new HeldTransaction(worker.database())) {
            other.with(
                    "insert into table_occupancy (restaurant_id, table_id, starts_at, ends_at) values (?, ?, ?, ?)",
                    restaurant.id(),
                    restaurant.table(0),
                    EVENING.atOffset(ZoneOffset.UTC),
                    minutesAfter(EVENING, 60).atOffset(ZoneOffset.UTC));
            asked.add(send());
            HeldTransaction.awaitWaiting(worker.jdbc(), 1);
            // The first of these is what the broker has for the worker's next look, which it has taken already.
            long since = System.nanoTime();
            while (System.nanoTime() - since < LONG.toNanos() || asked.size() < 3) {
                asked.add(send());
            }
            other.commit();
        }
        asked.forEach(message -> worker.events.rejected(message));

        assertThat(batches() - before).isEqualTo(2);
    }

    /** Returns when the broker has it. */
    private RequestMessage send() {
        PlaceBooking wanted = table(restaurant.id(), restaurant.table(0), EVENING, 4);
        RequestMessage message = new RequestMessage(RequestId.random(), Fingerprint.of(wanted), wanted);
        worker.sent(RunningWorker.onPartition(PARTITION, message));
        return message;
    }

    private long batches() {
        return worker.context()
                .getBean(MeterRegistry.class)
                .get("headwaiter.batch.size")
                .summary()
                .count();
    }
}
