package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.EVENING;
import static io.headwaiter.worker.testing.Asking.aTable;
import static io.headwaiter.worker.testing.Asking.by;
import static io.headwaiter.worker.testing.Asking.minutesAfter;
import static io.headwaiter.worker.testing.Asking.placing;
import static io.headwaiter.worker.testing.Asking.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.BookingConfirmed;
import io.headwaiter.schemas.BookingEvent;
import io.headwaiter.schemas.BookingRejected;
import io.headwaiter.schemas.GuestDetails;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.worker.testing.EveryRequestAnswered;
import io.headwaiter.worker.testing.NoDoubleBooking;
import io.headwaiter.worker.testing.RunningWorker;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BookingsTest {

    private final RunningWorker worker = RunningWorker.shared();

    @Test
    void a_booking_takes_the_smallest_table_that_fits_and_the_stay_follows_the_party() {
        ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(6, 4, 2));

        RequestMessage asked = worker.place(by(
                new GuestDetails("Ann Lee", "Ann@example.com", "+34 600 100 200"),
                aTable(restaurant.id(), EVENING, 3)));

        BookingConfirmed event = worker.events.confirmed(asked);
        assertThat(event.table().id()).isEqualTo(restaurant.table(1));
        assertThat(event.reservation().end()).isEqualTo(minutesAfter(EVENING, 120));
        assertThat(event.reservation().clientId()).isNotNull();
        assertThat(event.reservation().reference()).isEqualTo("ref-1");
    }

    @Test
    void a_reservation_is_stored_as_it_is_announced_and_holds_the_buffer_too() {
        ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(4).buffer(30));

        RequestMessage asked = worker.place(
                by(new GuestDetails("Ann Lee", "ann@example.com", null), aTable(restaurant.id(), EVENING, 3)));

        BookingConfirmed event = worker.events.confirmed(asked);
        Map<String, @Nullable Object> row = worker.jdbc()
                .sql(
                        """
                        select r.guests, r.table_id, r.client_id, r.status, r.version, r.partner_id, r.reference, r.notes,
                               r.starts_at = :start and r.ends_at = :end as stays,
                               o.starts_at = :start and o.ends_at = :end + interval '30 minutes' as holds
                        from reservations r join table_occupancy o
                          on o.restaurant_id = r.restaurant_id and o.reservation_id = r.id
                        where r.restaurant_id = :restaurant and r.id = :id and r.request_id = :request
                        """)
                .param("restaurant", restaurant.id())
                .param("id", event.reservation().id())
                .param("request", asked.id().value())
                .param("start", event.reservation().date().atOffset(ZoneOffset.UTC))
                .param("end", event.reservation().end().atOffset(ZoneOffset.UTC))
                .query()
                .singleRow();
        assertThat(row)
                .containsEntry("guests", 3)
                .containsEntry("table_id", restaurant.table(0))
                .containsEntry("client_id", event.reservation().clientId())
                .containsEntry("status", "confirmed")
                .containsEntry("version", 1)
                .containsEntry("partner_id", 7L)
                .containsEntry("reference", "ref-1")
                .containsEntry("notes", "By the window")
                .containsEntry("stays", true)
                .containsEntry("holds", true);
    }

    @Test
    void of_ten_who_want_the_only_table_at_once_exactly_one_gets_it() {
        ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(4));
        List<RequestMessage> asked = new ArrayList<>();
        worker.whilePaused(() -> {
            for (int i = 0; i < 10; i++) {
                asked.add(worker.place(table(restaurant.id(), i % 2 == 0 ? restaurant.table(0) : null, EVENING, 4)));
            }
        });

        new EveryRequestAnswered(worker.jdbc(), worker.events).check(asked);
        new NoDoubleBooking(worker.jdbc()).check();
        int confirmed = 0;
        for (RequestMessage request : asked) {
            BookingEvent event = worker.events.of(request);
            switch (event) {
                case BookingConfirmed given -> confirmed++;
                case BookingRejected refused -> {
                    boolean named = placing(request).tableId() != null;
                    assertThat(refused.reason()).isEqualTo(named ? "table_taken" : "no_table_available");
                    assertThat(refused.inTheWay())
                            .isEqualTo(new BookingRejected.InTheWay(
                                    restaurant.table(0), EVENING, minutesAfter(EVENING, 135)));
                }
                default -> throw new AssertionError(event);
            }
        }
        assertThat(confirmed).isEqualTo(1);
    }

    @Test
    void of_two_in_one_batch_the_earlier_wins_and_what_it_took_stands_in_the_way_of_the_later() {
        ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(4));
        List<RequestMessage> asked = new ArrayList<>();
        worker.whilePaused(() -> {
            asked.add(worker.place(aTable(restaurant.id(), EVENING, 4)));
            asked.add(worker.place(aTable(restaurant.id(), minutesAfter(EVENING, -120), 4)));
            asked.add(worker.place(aTable(restaurant.id(), minutesAfter(EVENING, -135), 4)));
        });

        worker.events.confirmed(asked.get(0));
        assertThat(worker.events.rejected(asked.get(1)).reason()).isEqualTo("no_table_available");
        // Parties that touch, the buffer between them, do not overlap.
        worker.events.confirmed(asked.get(2));
        assertThat(worker.jdbc()
                        .sql(
                                """
                                select o.taken_by::text = d.detail ->> 'taken_by' and o.table_id = (d.detail ->> 'table_id')::bigint
                                   and o.starts_at = (d.detail ->> 'starts_at')::timestamptz
                                   and o.ends_at = (d.detail ->> 'ends_at')::timestamptz
                                from booking_requests d join table_occupancy o using (restaurant_id)
                                where d.restaurant_id = ? and d.id = ? and o.starts_at = ?
                                """)
                        .params(restaurant.id(), asked.get(1).id().value(), EVENING.atOffset(ZoneOffset.UTC))
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }
}
