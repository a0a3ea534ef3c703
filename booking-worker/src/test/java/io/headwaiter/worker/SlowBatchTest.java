package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.BookingConfirmed;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.worker.testing.HeldTransaction;
import io.headwaiter.worker.testing.RunningWorker;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlowBatchTest {

    private final RunningWorker worker = RunningWorker.shared();

    @AfterEach
    void fast_again() {
        worker.jdbc().sql("drop trigger if exists slow on table_occupancy").update();
    }

    /** Half a second a booking: a transaction, which may take five, holds nine of them at the most. */
    @Test
    void a_batch_that_is_too_much_for_one_transaction_is_decided_in_several() {
        ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(4));
        worker.jdbc()
                .sql(
                        """
                        create or replace function slow() returns trigger language plpgsql as
                        $$ begin perform pg_sleep(0.5); return new; end $$
                        """)
                .update();
        worker.jdbc()
                .sql("create trigger slow before insert on table_occupancy for each row when (new.restaurant_id = "
                        + restaurant.id() + ") execute function slow()")
                .update();
        Instant tomorrow = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));

        List<RequestMessage> asked = new ArrayList<>();
        for (int day = 0; day < 14; day++) {
            asked.add(
                    worker.place(table(restaurant.id(), restaurant.table(0), tomorrow.plus(Duration.ofDays(day)), 2)));
        }

        assertThat(asked)
                .allSatisfy(request -> assertThat(worker.events.of(request)).isInstanceOf(BookingConfirmed.class));
    }

    /** More than are worth a transaction of their own, of each of two restaurants. */
    @Test
    void who_is_decided_beside_a_batch_that_is_stuck_is_told_before_that_one_has_ended() {
        ARestaurant.Added stuck = worker.add(aRestaurant().withTables(4));
        ARestaurant.Added free = worker.add(aRestaurant().withTables(4, 4));
        Instant tomorrow = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
        List<RequestMessage> late = new ArrayList<>();
        List<RequestMessage> early = new ArrayList<>();

        try (HeldTransaction held = new HeldTransaction(worker.database())
                .with(
                        "select from dining_tables where restaurant_id = ? and id = ? for update",
                        stuck.id(),
                        stuck.table(0))) {
            worker.whilePaused(() -> {
                // A fetch may be on its way still, and bring the producer's first 16 KB alone: fifty of these.
                early.addAll(everyDay(free, 0, 80, tomorrow));
                early.addAll(everyDay(free, 1, 80, tomorrow));
                late.addAll(everyDay(stuck, 0, 80, tomorrow));
            });

            assertThat(early).allSatisfy(request -> worker.events.confirmed(request));
            HeldTransaction.awaitWaiting(worker.jdbc(), 1);
            assertThat(late).allSatisfy(request -> assertThat(worker.events.seen(request.id()))
                    .isEmpty());
            held.commit();
        }

        assertThat(late).allSatisfy(request -> worker.events.confirmed(request));
    }

    private List<RequestMessage> everyDay(ARestaurant.Added restaurant, int table, int days, Instant from) {
        return IntStream.range(0, days)
                .mapToObj(day -> table(restaurant.id(), restaurant.table(table), from.plus(Duration.ofDays(day)), 2))
                .map(asked -> worker.placeOn(1, RequestId.create(), asked))
                .toList();
    }
}
