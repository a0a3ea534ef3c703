package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.EVENING;
import static io.headwaiter.worker.testing.Asking.aTable;
import static io.headwaiter.worker.testing.Asking.by;
import static io.headwaiter.worker.testing.Asking.minutesAfter;
import static io.headwaiter.worker.testing.Asking.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.BookingConfirmed;
import io.headwaiter.schemas.BookingRejected.InTheWay;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.GuestDetails;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestKey;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.worker.testing.ByHand;
import io.headwaiter.worker.testing.HeldTransaction;
import io.headwaiter.worker.testing.RunningWorker;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Somebody else is in the middle of writing what the worker wants to write: each race is lost, or won, on purpose. */
class RacesTest {

    private static final String TAKE =
            "insert into table_occupancy (restaurant_id, table_id, starts_at, ends_at) values (?, ?, ?, ?)";

    private final RunningWorker worker = RunningWorker.shared();
    private final ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(4, 4));

    @Test
    void who_loses_a_race_for_a_table_is_told_what_won_it() {
        RequestMessage asked;
        try (HeldTransaction other = taking(0, EVENING, minutesAfter(EVENING, 60))) {
            asked = worker.place(table(restaurant.id(), restaurant.table(0), EVENING, 4));
            HeldTransaction.awaitWaiting(worker.jdbc(), 1);
            other.commit();
        }

        assertThat(worker.events.rejected(asked).reason()).isEqualTo("table_taken");
        assertThat(worker.events.rejected(asked).inTheWay())
                .isEqualTo(new InTheWay(restaurant.table(0), EVENING, minutesAfter(EVENING, 60)));
    }

    @Test
    void who_loses_a_race_for_one_table_gets_another() {
        RequestMessage asked;
        try (HeldTransaction other = taking(0, EVENING, minutesAfter(EVENING, 60))) {
            asked = worker.place(aTable(restaurant.id(), EVENING, 4));
            HeldTransaction.awaitWaiting(worker.jdbc(), 1);
            other.commit();
        }

        assertThat(worker.events.confirmed(asked).table().id()).isEqualTo(restaurant.table(1));
    }

    @Test
    void who_waited_for_one_that_gave_up_gets_the_table() {
        RequestMessage asked;
        try (HeldTransaction other = taking(0, EVENING, minutesAfter(EVENING, 60))) {
            asked = worker.place(table(restaurant.id(), restaurant.table(0), EVENING, 4));
            HeldTransaction.awaitWaiting(worker.jdbc(), 1);
        }

        assertThat(worker.events.of(asked)).isInstanceOf(BookingConfirmed.class);
    }

    @Test
    void a_request_refused_for_a_booking_that_then_lost_its_race_is_decided_again() {
        List<RequestMessage> asked = new ArrayList<>();
        try (HeldTransaction other = taking(0, EVENING, minutesAfter(EVENING, 30))) {
            worker.whilePaused(() -> {
                asked.add(worker.place(table(restaurant.id(), restaurant.table(0), EVENING, 4)));
                // Refused at first for the one above, which will lose to what was taken until 18:30.
                long table = restaurant.table(0);
                Instant later = minutesAfter(EVENING, 30);
                RequestMessage behind = new RequestMessage(
                        RequestId.create(),
                        Fingerprint.of(table(restaurant.id(), table, later, 4)),
                        table(restaurant.id(), table, later, 4));
                worker.send(behind.toRecord(new RequestKey(restaurant.id(), table), Instant.now()));
                asked.add(behind);
            });
            HeldTransaction.awaitWaiting(worker.jdbc(), 1);
            other.commit();
        }

        assertThat(worker.events.rejected(asked.get(0)).reason()).isEqualTo("table_taken");
        worker.events.confirmed(asked.get(1));
    }

    @Test
    void a_decision_made_elsewhere_meanwhile_is_the_one_that_is_published() {
        RequestId id = RequestId.create();
        RequestMessage elsewhere = worker.place(aTable(restaurant.id(), EVENING, 9));
        worker.events.rejected(elsewhere);
        RequestMessage asked;
        try (HeldTransaction other = new HeldTransaction(worker.database())) {
            // What another worker would have written: a refusal of this very request.
            asked = new RequestMessage(id, elsewhere.fingerprint(), elsewhere.asked());
            other.with(
                    """
                    insert into booking_requests (restaurant_id, id, kind, fingerprint, outcome, reason, event_headers, event_data)
                    select restaurant_id, ?, kind, fingerprint, outcome, reason,
                           convert_to(replace(convert_from(event_headers, 'UTF8'), ?, ?), 'UTF8'),
                           convert_to(replace(convert_from(event_data, 'UTF8'), ?, ?), 'UTF8')
                    from booking_requests where id = ?
                    """,
                    id.value(),
                    elsewhere.id().toString(),
                    id.toString(),
                    elsewhere.id().toString(),
                    id.toString(),
                    elsewhere.id().value());
            worker.placeOn(0, id, asked.asked());
            HeldTransaction.awaitWaiting(worker.jdbc(), 1);
            other.commit();
        }

        assertThat(worker.events.rejected(asked).requestId()).isEqualTo(id.toString());
        assertThat(new ByHand(worker.jdbc()).count("booking_requests", restaurant.id()))
                .isEqualTo(2);
    }

    @Test
    void a_guest_made_elsewhere_meanwhile_is_the_one_who_books() {
        RequestMessage asked;
        try (HeldTransaction other = new HeldTransaction(worker.database())) {
            other.with(
                    "insert into clients (restaurant_id, name, email) values (?, 'First', 'both@example.com')",
                    restaurant.id());
            asked = worker.place(
                    by(new GuestDetails("Second", "Both@Example.com", null), aTable(restaurant.id(), EVENING, 2)));
            HeldTransaction.awaitWaiting(worker.jdbc(), 1);
            other.commit();
        }

        assertThat(guestOf(asked)).isEqualTo("First");
    }

    @Test
    void a_new_guest_whose_first_booking_loses_its_race_is_made_for_the_second() {
        List<RequestMessage> asked = new ArrayList<>();
        try (HeldTransaction other = taking(0, EVENING, minutesAfter(EVENING, 60))) {
            worker.whilePaused(() -> {
                asked.add(worker.placeOn(
                        0,
                        RequestId.create(),
                        by(guest("First"), table(restaurant.id(), restaurant.table(0), EVENING, 4))));
                asked.add(worker.placeOn(
                        0,
                        RequestId.create(),
                        by(guest("Second"), table(restaurant.id(), restaurant.table(1), EVENING, 4))));
            });
            HeldTransaction.awaitWaiting(worker.jdbc(), 1);
            other.commit();
        }

        assertThat(worker.events.rejected(asked.get(0)).reason()).isEqualTo("table_taken");
        assertThat(guestOf(asked.get(1))).isEqualTo("Second");
    }

    @Test
    void who_loses_a_race_and_is_refused_makes_no_guest() {
        RequestMessage asked;
        try (HeldTransaction other = taking(0, EVENING, minutesAfter(EVENING, 60))) {
            asked = worker.place(by(guest("Nobody"), table(restaurant.id(), restaurant.table(0), EVENING, 4)));
            HeldTransaction.awaitWaiting(worker.jdbc(), 1);
            other.commit();
        }

        assertThat(worker.events.rejected(asked).reason()).isEqualTo("table_taken");
        assertThat(guests()).isEmpty();
    }

    @Test
    void a_guest_whose_maker_gave_up_is_made_by_who_waited() {
        RequestMessage asked;
        try (HeldTransaction other = new HeldTransaction(worker.database())) {
            other.with(
                    "insert into clients (restaurant_id, name, email) values (?, 'First', 'new@example.com')",
                    restaurant.id());
            asked = worker.place(by(guest("Second"), aTable(restaurant.id(), EVENING, 2)));
            HeldTransaction.awaitWaiting(worker.jdbc(), 1);
        }

        worker.events.confirmed(asked);
        assertThat(guests()).containsExactly("Second");
    }

    @Test
    void the_earliest_booking_names_the_guest_even_if_it_was_refused_at_first() {
        List<RequestMessage> asked = new ArrayList<>();
        try (HeldTransaction other = taking(0, EVENING, minutesAfter(EVENING, 30))) {
            worker.whilePaused(() -> {
                long table = restaurant.table(0);
                // Loses to what is taken until 18:30; until then it is in the way of the next.
                asked.add(worker.placeOn(0, RequestId.create(), table(restaurant.id(), table, EVENING, 4)));
                asked.add(worker.placeOn(
                        0,
                        RequestId.create(),
                        by(guest("Earlier"), table(restaurant.id(), table, minutesAfter(EVENING, 30), 4))));
                asked.add(worker.placeOn(
                        0,
                        RequestId.create(),
                        by(guest("Later"), table(restaurant.id(), restaurant.table(1), EVENING, 4))));
            });
            HeldTransaction.awaitWaiting(worker.jdbc(), 1);
            other.commit();
        }

        assertThat(worker.events.rejected(asked.get(0)).reason()).isEqualTo("table_taken");
        worker.events.confirmed(asked.get(1));
        worker.events.confirmed(asked.get(2));
        assertThat(guests()).containsExactly("Earlier");
    }

    private List<@Nullable String> guests() {
        return new ByHand(worker.jdbc()).guests(restaurant.id());
    }

    private @Nullable String guestOf(RequestMessage confirmed) {
        return worker.jdbc()
                .sql("select name from clients where restaurant_id = ? and id = ?")
                .params(
                        restaurant.id(),
                        Objects.requireNonNull(
                                worker.events.confirmed(confirmed).reservation().clientId()))
                .query(String.class)
                .single();
    }

    private static GuestDetails guest(String name) {
        return new GuestDetails(name, "new@example.com", null);
    }

    @Test
    void a_guest_who_is_anonymized_meanwhile_is_not_who_books() {
        long forgotten = new ByHand(worker.jdbc()).client(restaurant.id(), "Ann Lee", "ann@example.com", null);
        RequestMessage asked;
        try (HeldTransaction other = new HeldTransaction(worker.database())) {
            other.with("select from clients where restaurant_id = ? and id = ? for update", restaurant.id(), forgotten);
            other.with(
                    "update clients set name = null, email = null, anonymized_at = now() where restaurant_id = ? and id = ?",
                    restaurant.id(),
                    forgotten);
            asked = worker.place(
                    by(new GuestDetails("Ann Lee", "Ann@example.com", null), aTable(restaurant.id(), EVENING, 2)));
            HeldTransaction.awaitWaiting(worker.jdbc(), 1);
            other.commit();
        }

        Long client = worker.events.confirmed(asked).reservation().clientId();
        assertThat(client).isNotNull().isNotEqualTo(forgotten);
        assertThat(worker.jdbc()
                        .sql("select count(*) from reservations where restaurant_id = ? and client_id = ?")
                        .params(restaurant.id(), forgotten)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void a_batch_caught_in_a_circle_of_waits_runs_again() {
        List<RequestMessage> asked = new ArrayList<>();
        // The worker takes tables in the order of their ids, and this one in the other.
        try (HeldTransaction other = taking(1, EVENING, minutesAfter(EVENING, 60))) {
            worker.whilePaused(() -> {
                RequestId first = RequestId.create();
                asked.add(worker.placeOn(3, first, table(restaurant.id(), restaurant.table(0), EVENING, 4)));
                asked.add(
                        worker.placeOn(3, RequestId.create(), table(restaurant.id(), restaurant.table(1), EVENING, 4)));
            });
            HeldTransaction.awaitWaiting(worker.jdbc(), 1);
            other.with("set deadlock_timeout = '60s'");
            CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> {
                other.with(
                        TAKE,
                        restaurant.id(),
                        restaurant.table(0),
                        EVENING.atOffset(ZoneOffset.UTC),
                        minutesAfter(EVENING, 60).atOffset(ZoneOffset.UTC));
                other.commit();
            });
            closed.join();
        }

        for (RequestMessage request : asked) {
            assertThat(worker.events.rejected(request).reason()).isEqualTo("table_taken");
        }
    }

    @Test
    void a_transaction_that_hangs_is_ended_by_the_server_and_its_batch_decided_later() {
        RequestMessage asked;
        try (HeldTransaction other = taking(0, EVENING, minutesAfter(EVENING, 60))) {
            asked = worker.place(table(restaurant.id(), restaurant.table(0), EVENING, 4));
            HeldTransaction.awaitWaiting(worker.jdbc(), 1);
            List<Integer> hanging = HeldTransaction.waiting(worker.jdbc());
            // Before its group would give its partitions to another worker.
            await().atMost(Duration.ofSeconds(6))
                    .until(() -> Collections.disjoint(HeldTransaction.waiting(worker.jdbc()), hanging));
            other.commit();
        }

        assertThat(worker.events.rejected(asked).reason()).isEqualTo("table_taken");
    }

    private HeldTransaction taking(int table, Instant from, Instant to) {
        return new HeldTransaction(worker.database())
                .with(
                        TAKE,
                        restaurant.id(),
                        restaurant.table(table),
                        from.atOffset(ZoneOffset.UTC),
                        to.atOffset(ZoneOffset.UTC));
    }
}
