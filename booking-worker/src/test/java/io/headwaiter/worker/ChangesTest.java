package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.EVENING;
import static io.headwaiter.worker.testing.Asking.PARTNER;
import static io.headwaiter.worker.testing.Asking.aTable;
import static io.headwaiter.worker.testing.Asking.minutesAfter;
import static io.headwaiter.worker.testing.Asking.table;
import static io.headwaiter.worker.testing.Changing.cancel;
import static io.headwaiter.worker.testing.Changing.cancelByStaff;
import static io.headwaiter.worker.testing.Changing.move;
import static io.headwaiter.worker.testing.Changing.status;
import static io.headwaiter.worker.testing.Changing.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.BookingCancelled;
import io.headwaiter.schemas.BookingChangeRejected;
import io.headwaiter.schemas.BookingConfirmed;
import io.headwaiter.schemas.BookingEvent;
import io.headwaiter.schemas.BookingMoved;
import io.headwaiter.schemas.BookingStatusChanged;
import io.headwaiter.schemas.CancelBooking;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.MoveBooking;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.Request;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.schemas.ReservationFacts;
import io.headwaiter.worker.testing.EveryRequestAnswered;
import io.headwaiter.worker.testing.HeldTransaction;
import io.headwaiter.worker.testing.NoDoubleBooking;
import io.headwaiter.worker.testing.RunningWorker;
import io.headwaiter.worker.testing.SameAnswerOnReplay;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is booked can be moved, cancelled, and given another status, each exactly once, and a table is freed with it or stays. */
class ChangesTest {

    private final RunningWorker worker = RunningWorker.shared();
    private final ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(2, 4));
    private final long house = restaurant.id();
    private final List<RequestMessage> asked = new ArrayList<>();

    @AfterEach
    void every_request_has_one_answer_and_every_live_booking_holds_its_table_once() {
        new EveryRequestAnswered(worker.jdbc(), worker.events).check(asked);
        new NoDoubleBooking(worker.jdbc()).check();
        assertThat(worker.jdbc()
                        .sql(
                                """
                                select count(*) from reservations r
                                where restaurant_id = ? and (status in ('confirmed', 'seated')) <> exists (
                                  select from table_occupancy o
                                  where o.restaurant_id = r.restaurant_id and o.reservation_id = r.id and o.table_id = r.table_id
                                    and o.starts_at = r.starts_at and o.ends_at = r.ends_at + interval '15 minutes')
                                  and status <> 'completed'
                                """)
                        .param(house)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void a_move_takes_the_new_time_and_frees_the_old_in_one_step() {
        ReservationFacts booked = book(table(house, restaurant.table(0), EVENING, 2));

        BookingMoved moved = (BookingMoved) change(move(house, booked.id(), minutesAfter(EVENING, 60), null, null));

        assertThat(moved.reservation())
                .isEqualTo(new ReservationFacts(
                        booked.id(),
                        minutesAfter(EVENING, 60),
                        minutesAfter(EVENING, 150),
                        2,
                        restaurant.table(0),
                        null,
                        "confirmed",
                        2,
                        PARTNER,
                        null));
        assertThat(moved.previous())
                .isEqualTo(new BookingMoved.Previous(EVENING, minutesAfter(EVENING, 90), 2, restaurant.table(0)));
        assertThat(moved.table().name()).isEqualTo("T1");
        // 45 minutes later on its own table is no conflict with itself, and what it left is free.
        book(table(house, restaurant.table(0), minutesAfter(EVENING, -45), 2));
    }

    @Test
    void a_move_that_is_refused_changes_nothing() {
        ReservationFacts booked = book(table(house, restaurant.table(0), EVENING, 2));
        book(table(house, restaurant.table(1), EVENING, 4));

        assertThat(refusal(move(house, booked.id(), null, 4, null))).isEqualTo("no_table_available");
        assertThat(refusal(move(house, booked.id(), null, null, restaurant.table(1))))
                .isEqualTo("table_taken");
        assertThat(refusal(move(house, booked.id(), minutesAfter(EVENING, 7), null, null)))
                .isEqualTo("off_slot_grid");

        assertThat(((BookingMoved) change(move(house, booked.id(), minutesAfter(EVENING, 15), null, null)))
                        .reservation()
                        .version())
                .isEqualTo(2);
    }

    @Test
    void a_cancelled_table_is_free_for_whoever_asks_after_that_and_not_before() {
        ReservationFacts booked = book(table(house, restaurant.table(0), EVENING, 2));
        RequestMessage[] sent = new RequestMessage[3];
        worker.whilePaused(() -> {
            sent[0] = on(4, table(house, restaurant.table(0), EVENING, 2));
            sent[1] = on(4, cancel(house, booked.id()));
            sent[2] = on(4, table(house, restaurant.table(0), EVENING, 1));
        });

        assertThat(worker.events.rejected(sent[0]).reason()).isEqualTo("table_taken");
        BookingCancelled cancelled = (BookingCancelled) worker.events.of(sent[1]);
        assertThat(cancelled.reservation().status()).isEqualTo("cancelled");
        assertThat(cancelled.reservation().version()).isEqualTo(2);
        worker.events.confirmed(sent[2]);
        assertThat(refusal(cancel(house, booked.id()))).isEqualTo("status_conflict");
        assertThat(refusal(move(house, booked.id(), minutesAfter(EVENING, 600), null, null)))
                .isEqualTo("status_conflict");
    }

    @Test
    void a_withdrawal_follows_its_request_and_frees_the_table_even_in_one_batch() {
        RequestMessage[] sent = new RequestMessage[5];
        worker.whilePaused(() -> {
            sent[0] = on(4, table(house, restaurant.table(0), EVENING, 2));
            sent[1] = on(4, withdraw(sent[0]));
            sent[2] = on(4, table(house, restaurant.table(0), EVENING, 1));
            sent[3] = on(4, table(house, restaurant.table(0), EVENING, 2));
            sent[4] = on(4, withdraw(sent[3]));
        });

        worker.events.confirmed(sent[0]);
        assertThat(worker.events.of(sent[1])).isInstanceOf(BookingCancelled.class);
        worker.events.confirmed(sent[2]);
        assertThat(worker.events.rejected(sent[3]).reason()).isEqualTo("table_taken");
        assertThat(worker.events.of(sent[4]))
                .extracting(event -> ((BookingChangeRejected) event).reason())
                .isEqualTo("nothing_to_withdraw");
        RequestMessage never = new RequestMessage(RequestId.create(), sent[0].fingerprint(), sent[0].asked());
        assertThat(refusal(withdraw(never))).isEqualTo("nothing_to_withdraw");
    }

    @Test
    void a_withdrawal_takes_back_the_request_it_is_about_and_no_other_of_that_name() {
        RequestMessage placed = worker.place(table(house, restaurant.table(0), EVENING, 2));
        long id = worker.events.confirmed(placed).reservation().id();
        PlaceBooking otherwise = table(house, restaurant.table(1), EVENING, 4);
        RequestMessage reused = new RequestMessage(placed.id(), Fingerprint.of(otherwise), otherwise);

        assertThat(refusal(withdraw(reused))).isEqualTo("nothing_to_withdraw");
        // Nor does a change take the booking with it when it is withdrawn, be it done or refused.
        RequestMessage refused = send(move(house, id, null, 20, null));
        assertThat(worker.events.of(refused)).isInstanceOf(BookingChangeRejected.class);
        assertThat(refusal(withdraw(refused))).isEqualTo("nothing_to_withdraw");
        RequestMessage moved = send(move(house, id, null, 1, null));
        assertThat(worker.events.of(moved)).isInstanceOf(BookingMoved.class);
        assertThat(refusal(withdraw(moved))).isEqualTo("nothing_to_withdraw");

        assertThat(change(withdraw(placed))).isInstanceOf(BookingCancelled.class);
    }

    @Test
    void two_changes_of_one_booking_in_one_batch_are_decided_one_after_the_other() {
        RequestMessage placed = worker.place(table(house, restaurant.table(0), EVENING, 2));
        long id = worker.events.confirmed(placed).reservation().id();
        RequestMessage[] sent = new RequestMessage[4];
        worker.whilePaused(() -> {
            sent[0] = on(4, move(house, id, minutesAfter(EVENING, 30), null, null));
            sent[1] = on(4, move(house, id, minutesAfter(EVENING, 60), null, null));
            sent[2] = on(4, withdraw(placed));
            sent[3] = on(4, cancel(house, id));
        });

        assertThat(((BookingMoved) worker.events.of(sent[1])).previous().date()).isEqualTo(minutesAfter(EVENING, 30));
        assertThat(((BookingCancelled) worker.events.of(sent[2])).reservation().version())
                .isEqualTo(4);
        assertThat(worker.events.of(sent[3]))
                .extracting(event -> ((BookingChangeRejected) event).reason())
                .isEqualTo("status_conflict");
    }

    @Test
    void a_move_that_loses_a_race_keeps_what_it_had_and_so_does_who_counted_on_it() {
        ReservationFacts booked = book(table(house, restaurant.table(0), EVENING, 2));
        RequestMessage[] sent = new RequestMessage[2];
        try (HeldTransaction other = new HeldTransaction(worker.database())) {
            other.with(
                    "insert into table_occupancy (restaurant_id, table_id, starts_at, ends_at) values (?, ?, ?, ?)",
                    house,
                    restaurant.table(1),
                    EVENING.atOffset(ZoneOffset.UTC),
                    minutesAfter(EVENING, 60).atOffset(ZoneOffset.UTC));
            worker.whilePaused(() -> {
                sent[0] = on(4, move(house, booked.id(), null, null, restaurant.table(1)));
                // Would be given the table that the move frees.
                sent[1] = on(4, table(house, restaurant.table(0), EVENING, 2));
            });
            HeldTransaction.awaitWaiting(worker.jdbc(), 1);
            other.commit();
        }

        assertThat(worker.events.of(sent[0]))
                .extracting(event -> ((BookingChangeRejected) event).reason())
                .isEqualTo("table_taken");
        assertThat(worker.events.rejected(sent[1]).reason()).isEqualTo("table_taken");
    }

    @Test
    void a_change_waits_for_another_of_the_same_booking_and_sees_what_came_of_it() {
        ReservationFacts booked = book(table(house, restaurant.table(0), EVENING, 2));
        RequestMessage sent;
        try (HeldTransaction other = new HeldTransaction(worker.database())) {
            other.with(
                    "update reservations set version = 5, notes = 'x' where restaurant_id = ? and id = ?",
                    house,
                    booked.id());
            sent = send(new CancelBooking(house, PARTNER, booked.id(), null, null, null, List.of(1), null));
            HeldTransaction.awaitWaiting(worker.jdbc(), 1);
            other.commit();
        }

        assertThat(worker.events.of(sent))
                .extracting(event -> ((BookingChangeRejected) event).reason())
                .isEqualTo("version_mismatch");
        change(new CancelBooking(house, PARTNER, booked.id(), null, null, null, List.of(4, 5), null));
    }

    @Test
    void nobody_changes_another_partners_booking_but_the_house() {
        ReservationFacts booked = book(table(house, restaurant.table(0), EVENING, 2));

        assertThat(refusal(new CancelBooking(house, 8, booked.id(), null, null, null, null, null)))
                .isEqualTo("reservation_not_found");
        assertThat(refusal(new MoveBooking(house, 8, booked.id(), null, 1, null, null, null, null, null)))
                .isEqualTo("reservation_not_found");
        assertThat(refusal(cancel(house, Long.MAX_VALUE))).isEqualTo("reservation_not_found");
        ARestaurant.Added elsewhere = worker.add(aRestaurant().withTables(2));
        assertThat(refusal(cancelByStaff(elsewhere.id(), booked.id(), "x"))).isEqualTo("reservation_not_found");
        assertThat(refusal(cancel(Long.MAX_VALUE, booked.id()))).isEqualTo("restaurant_unknown");

        BookingCancelled cancelled = (BookingCancelled) change(cancelByStaff(house, booked.id(), "The roof leaks"));
        assertThat(cancelled.partnerId()).isEqualTo(1);
        assertThat(cancelled.reservation().partnerId()).isEqualTo(PARTNER);
        assertThat(worker.jdbc()
                        .sql("select cancel_reason from reservations where restaurant_id = ? and id = ?")
                        .params(house, booked.id())
                        .query(String.class)
                        .single())
                .isEqualTo("The roof leaks");
    }

    @Test
    void after_the_deadline_only_the_house_cancels() {
        worker.jdbc()
                .sql("update restaurants set cancellation_deadline_minutes = 100000 where id = ?")
                .param(house)
                .update();
        ReservationFacts booked = book(table(house, restaurant.table(0), EVENING, 2));

        assertThat(refusal(cancel(house, booked.id()))).isEqualTo("deadline_passed");
        assertThat(refusal(move(house, booked.id(), null, 1, null))).isEqualTo("deadline_passed");
        change(cancelByStaff(house, booked.id(), "They called"));
    }

    @Test
    void a_party_sits_down_leaves_and_gives_back_what_it_did_not_need() {
        Instant now = Instant.now();
        ReservationFacts booked = book(new PlaceBooking(
                house, PARTNER, now.minusSeconds(600), 2, restaurant.table(0), null, null, null, null, true));
        RequestMessage next = worker.place(new PlaceBooking(
                house, PARTNER, now.plusSeconds(3600), 2, restaurant.table(0), null, null, null, null, true));
        assertThat(worker.events.rejected(next).reason()).isEqualTo("table_taken");

        BookingStatusChanged seated = (BookingStatusChanged) change(status(house, booked.id(), "seated"));
        assertThat(seated.previousStatus()).isEqualTo("confirmed");
        assertThat(refusal(status(house, booked.id(), "no_show"))).isEqualTo("status_conflict");
        BookingStatusChanged completed = (BookingStatusChanged) change(status(house, booked.id(), "completed"));
        assertThat(completed.reservation().version()).isEqualTo(3);

        ReservationFacts follows = book(new PlaceBooking(
                house, PARTNER, now.plusSeconds(3600), 2, restaurant.table(0), null, null, null, null, true));
        assertThat(refusal(status(house, booked.id(), "seated"))).isEqualTo("table_taken");
        change(cancel(house, follows.id()));
        change(status(house, booked.id(), "seated"));
        change(status(house, booked.id(), "confirmed"));
        change(status(house, booked.id(), "no_show"));
        book(new PlaceBooking(house, PARTNER, now, 2, restaurant.table(0), null, null, null, null, true));
    }

    @Test
    void a_change_delivered_again_is_answered_to_the_byte_and_done_once() {
        ReservationFacts booked = book(table(house, restaurant.table(0), EVENING, 2));
        RequestMessage moved = send(move(house, booked.id(), minutesAfter(EVENING, 60), null, null));
        RequestMessage cancelled = send(cancel(house, booked.id()));
        worker.events.of(moved);
        worker.events.of(cancelled);

        worker.placeOn(4, moved.id(), moved.asked());
        worker.placeOn(4, cancelled.id(), cancelled.asked());

        worker.events.atLeast(2, moved.id());
        worker.events.atLeast(2, cancelled.id());
        new SameAnswerOnReplay(worker.jdbc(), worker.events).check(List.of(moved, cancelled));
    }

    @Test
    void a_party_moves_from_a_table_that_was_removed_meanwhile() {
        ReservationFacts booked = book(table(house, restaurant.table(0), EVENING, 2));
        worker.jdbc()
                .sql("update dining_tables set active = false, removed_at = now() where id = ?")
                .param(restaurant.table(0))
                .update();

        BookingMoved moved = (BookingMoved) change(move(house, booked.id(), minutesAfter(EVENING, 15), null, null));
        assertThat(moved.table().id()).isEqualTo(restaurant.table(1));
        assertThat(aTable(house, EVENING, 2)).isNotNull();
    }

    private ReservationFacts book(PlaceBooking wanted) {
        RequestMessage placed = worker.place(wanted);
        asked.add(placed);
        BookingEvent event = worker.events.of(placed);
        assertThat(event).isInstanceOf(BookingConfirmed.class);
        return ((BookingConfirmed) event).reservation();
    }

    /** The event of a change that is not refused. */
    private BookingEvent change(Request wanted) {
        BookingEvent event = worker.events.of(send(wanted));
        assertThat(event).isNotInstanceOf(BookingChangeRejected.class);
        return event;
    }

    private String refusal(Request wanted) {
        BookingChangeRejected event = (BookingChangeRejected) worker.events.of(send(wanted));
        assertThat(event.kind()).isEqualTo(wanted.type());
        return event.reason();
    }

    private RequestMessage send(Request wanted) {
        RequestMessage sent = worker.change(wanted);
        asked.add(sent);
        return sent;
    }

    private RequestMessage on(int partition, Request wanted) {
        RequestMessage sent = worker.placeOn(partition, RequestId.create(), wanted);
        asked.add(sent);
        return sent;
    }
}
