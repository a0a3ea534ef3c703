package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.aTable;
import static io.headwaiter.worker.testing.Asking.by;
import static io.headwaiter.worker.testing.Asking.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.BookingConfirmed;
import io.headwaiter.schemas.BookingEvent;
import io.headwaiter.schemas.GuestDetails;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.worker.testing.RunningWorker;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BookingsTest {

    private static final Instant TOMORROW =
            Instant.now().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    private static final Instant EVENING = TOMORROW.plus(18, ChronoUnit.HOURS);

    private final RunningWorker worker = RunningWorker.shared();

    @Test
    void a_booking_takes_the_smallest_table_that_fits_and_the_stay_follows_the_party() {
        ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(6, 4, 2));

        RequestMessage asked = worker.place(by(
                new GuestDetails("Ann Lee", "Ann@example.com", "+34 600 100 200"),
                aTable(restaurant.id(), EVENING, 3)));

        BookingConfirmed event = worker.events.confirmed(asked);
        assertThat(event.table().id()).isEqualTo(restaurant.table(1));
        assertThat(event.reservation().end()).isEqualTo(EVENING.plus(120, ChronoUnit.MINUTES));
        assertThat(event.reservation().clientId()).isNotNull();
        assertThat(event.reservation().reference()).isEqualTo("ref-1");
    }

    @Test
    void of_ten_who_want_the_only_table_at_once_exactly_one_gets_it() {
        ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(4));
        List<RequestMessage> asked = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            asked.add(worker.place(table(restaurant.id(), i % 2 == 0 ? restaurant.table(0) : null, EVENING, 4)));
        }

        List<BookingEvent> events = asked.stream().map(worker.events::of).toList();

        assertThat(events).filteredOn(BookingConfirmed.class::isInstance).hasSize(1);
    }
}
