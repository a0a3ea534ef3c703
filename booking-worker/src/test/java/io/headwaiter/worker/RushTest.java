package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.placing;
import static io.headwaiter.worker.testing.Asking.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.BookingConfirmed;
import io.headwaiter.schemas.BookingEvent;
import io.headwaiter.schemas.BookingRejected;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestKey;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.worker.testing.EveryRequestAnswered;
import io.headwaiter.worker.testing.NoDoubleBooking;
import io.headwaiter.worker.testing.RandomSeed;
import io.headwaiter.worker.testing.RunningWorker;
import io.headwaiter.worker.testing.SameAnswerOnReplay;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RushTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final int[] CAPACITIES = {2, 2, 2, 2, 4, 4, 4, 4, 6, 6, 6, 6, 8, 8, 8, 8, 10, 10, 10, 10};

    @RegisterExtension
    final RandomSeed seed = new RandomSeed();

    private final RunningWorker worker = RunningWorker.shared();

    @Test
    void of_a_thousand_who_want_one_evening_slot_as_many_get_a_table_as_there_are_tables() {
        ARestaurant.Added restaurant =
                worker.add(open(aRestaurant().in("America/New_York")).withTables(CAPACITIES));
        Instant evening = LocalDate.now(NEW_YORK)
                .plusDays(2)
                .with(TemporalAdjusters.nextOrSame(DayOfWeek.FRIDAY))
                .atTime(LocalTime.of(20, 0))
                .atZone(NEW_YORK)
                .toInstant();
        List<RequestMessage> asked = new ArrayList<>();
        worker.whilePaused(() -> {
            for (int i = 0; i < 1000; i++) {
                int guests = 1 + seed.random.nextInt(11);
                Integer named = seed.random.nextBoolean() ? (Integer) seed.random.nextInt(CAPACITIES.length) : null;
                asked.add(place(restaurant, named, evening, guests));
            }
        });

        new EveryRequestAnswered(worker.jdbc(), worker.events).check(asked);
        new NoDoubleBooking(worker.jdbc()).check();
        Set<Long> given = new HashSet<>();
        for (RequestMessage request : asked) {
            PlaceBooking wanted = placing(request);
            BookingEvent event = worker.events.of(request);
            switch (event) {
                case BookingConfirmed confirmed -> {
                    assertThat(given.add(confirmed.table().id())).isTrue();
                    assertThat(confirmed.table().capacity()).isGreaterThanOrEqualTo(wanted.guests());
                    if (wanted.tableId() != null) {
                        assertThat(confirmed.table().id()).isEqualTo(wanted.tableId());
                    }
                }
                case BookingRejected refused ->
                    assertThat(refused.reason()).as("%s", request).isEqualTo(onlyPossibleReason(restaurant, wanted));
                default -> throw new AssertionError(event);
            }
        }
        // More than twenty asked for any table and would sit at all of them. At most twenty can have got one, so one
        // was refused; and a refusal "no table available" is given only when every one of the twenty is taken.
        assertThat(given).hasSize(CAPACITIES.length);

        RequestMessage first = asked.getFirst();
        asked.forEach(request -> worker.send(request.toRecord(key(restaurant, placing(request)), Instant.now())));
        asked.forEach(request -> worker.events.atLeast(2, request.id()));
        new SameAnswerOnReplay(worker.jdbc(), worker.events).check(asked);
        new EveryRequestAnswered(worker.jdbc(), worker.events).check(asked);
        assertThat(worker.events.seen(first.id())).hasSize(2);
    }

    private RequestMessage place(ARestaurant.Added restaurant, @Nullable Integer named, Instant date, int guests) {
        PlaceBooking wanted = table(
                restaurant.id(), named == null ? null : restaurant.tables().get(named), date, guests);
        return worker.place(RequestId.create(), wanted, key(restaurant, wanted));
    }

    /** As the gateway keys it: the table named, or else the smallest that seats the party. */
    private static RequestKey key(ARestaurant.Added restaurant, PlaceBooking wanted) {
        if (wanted.tableId() != null) {
            return new RequestKey(restaurant.id(), wanted.tableId());
        }
        for (int i = 0; i < CAPACITIES.length; i++) {
            if (CAPACITIES[i] >= wanted.guests()) {
                return new RequestKey(restaurant.id(), restaurant.table(i));
            }
        }
        return new RequestKey(restaurant.id(), 0);
    }

    private static String onlyPossibleReason(ARestaurant.Added restaurant, PlaceBooking wanted) {
        if (wanted.guests() > 10) {
            return "party_size";
        }
        if (wanted.tableId() == null) {
            return "no_table_available";
        }
        int capacity = CAPACITIES[restaurant.tables().indexOf(wanted.tableId())];
        return capacity < wanted.guests() ? "table_too_small" : "table_taken";
    }

    private static ARestaurant open(ARestaurant restaurant) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day != DayOfWeek.MONDAY) {
                restaurant.open(day.getValue(), "17:00", "02:00");
            }
        }
        return restaurant;
    }
}
