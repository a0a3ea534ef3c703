package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.EVENING;
import static io.headwaiter.worker.testing.Asking.minutesAfter;
import static io.headwaiter.worker.testing.Asking.placing;
import static io.headwaiter.worker.testing.Asking.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.BookingConfirmed;
import io.headwaiter.schemas.BookingEvent;
import io.headwaiter.schemas.BookingRejected;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.schemas.Topics;
import io.headwaiter.worker.testing.EveryRequestAnswered;
import io.headwaiter.worker.testing.NoDoubleBooking;
import io.headwaiter.worker.testing.RandomSeed;
import io.headwaiter.worker.testing.RunningWorker;
import io.headwaiter.worker.testing.SameAnswerOnReplay;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Over many partitions nobody knows who comes first. This is what holds whoever does. */
class ManyPartitionsTest {

    private static final int REQUESTS = 1500;
    private static final int MOST_ATTEMPTS = 10;
    private static final int[] CAPACITIES = {2, 2, 4, 6};

    @RegisterExtension
    final RandomSeed seed = new RandomSeed();

    private final Random random = seed.random;
    private final RunningWorker worker = RunningWorker.shared();

    @Test
    void whoever_comes_first_nothing_overlaps_all_are_answered_and_none_refused_beside_a_free_table() {
        // At the first attempt two transactions nearly always meet; a run in which none did would say little.
        double racesBefore = races();
        for (int attempt = 0; attempt < MOST_ATTEMPTS && races() == racesBefore; attempt++) {
            everythingHolds();
        }
        assertThat(races()).as("races for a table's time").isGreaterThan(racesBefore);
    }

    private void everythingHolds() {
        List<ARestaurant.Added> restaurants = List.of(
                worker.add(aRestaurant().withTables(CAPACITIES)),
                worker.add(aRestaurant().withTables(CAPACITIES).turn(45).buffer(0)),
                worker.add(aRestaurant().withTables(CAPACITIES).choosing("tightest_gap")));
        List<RequestMessage> asked = new ArrayList<>();
        worker.whilePaused(() -> {
            for (int i = 0; i < REQUESTS; i++) {
                RequestMessage request = place(restaurants.get(random.nextInt(restaurants.size())));
                asked.add(request);
                if (random.nextInt(10) == 0) {
                    worker.placeOn(anyPartition(), request.id(), request.asked());
                }
            }
        });

        new EveryRequestAnswered(worker.jdbc(), worker.events).check(asked);
        new SameAnswerOnReplay(worker.jdbc(), worker.events).check(asked);
        new NoDoubleBooking(worker.jdbc()).check();
        List<Taken> taken = taken(restaurants);
        for (RequestMessage request : asked) {
            check(request, restaurants, taken);
        }
    }

    private double races() {
        return worker.context()
                .getBean(MeterRegistry.class)
                .get("headwaiter.conflicts")
                .counter()
                .count();
    }

    private static int minutes(boolean inTheQuickHouse, int guests) {
        return inTheQuickHouse ? 45 : 15 + (guests <= 2 ? 90 : 120);
    }

    private RequestMessage place(ARestaurant.Added restaurant) {
        Long named = random.nextInt(3) == 0 ? restaurant.tables().get(random.nextInt(CAPACITIES.length)) : null;
        Instant date = minutesAfter(EVENING, 15L * random.nextInt(40));
        PlaceBooking wanted = table(restaurant.id(), named, date, 1 + random.nextInt(6));
        return worker.placeOn(anyPartition(), RequestId.create(), wanted);
    }

    private int anyPartition() {
        return random.nextInt(Topics.REQUEST_PARTITIONS);
    }

    private void check(RequestMessage request, List<ARestaurant.Added> restaurants, List<Taken> taken) {
        PlaceBooking wanted = placing(request);
        BookingEvent event = worker.events.of(request);
        switch (event) {
            case BookingConfirmed confirmed -> {
                assertThat(confirmed.table().capacity()).isGreaterThanOrEqualTo(wanted.guests());
                assertThat(confirmed.reservation().date()).isEqualTo(wanted.start());
                assertThat(wanted.tableId()).isIn(null, confirmed.table().id());
            }
            case BookingRejected refused -> {
                ARestaurant.Added restaurant = restaurants.stream()
                        .filter(each -> each.id() == wanted.restaurantId())
                        .findFirst()
                        .orElseThrow();
                List<Long> fitting = fitting(restaurant, wanted);
                Instant end = minutesAfter(wanted.start(), minutes(restaurant == restaurants.get(1), wanted.guests()));
                if (fitting.isEmpty()) {
                    assertThat(refused.reason()).isEqualTo("table_too_small");
                    return;
                }
                assertThat(refused.reason()).isEqualTo(wanted.tableId() == null ? "no_table_available" : "table_taken");
                // Nothing was ever given back, so what was taken then is taken now.
                assertThat(fitting).as("%s", request).allMatch(id -> taken.stream()
                        .anyMatch(each -> each.table() == id
                                && each.from().isBefore(end)
                                && each.to().isAfter(wanted.start())));
                assertThat(refused.inTheWay()).isNotNull();
            }
            default -> throw new AssertionError(event);
        }
    }

    private static List<Long> fitting(ARestaurant.Added restaurant, PlaceBooking wanted) {
        List<Long> fitting = new ArrayList<>();
        for (int i = 0; i < CAPACITIES.length; i++) {
            Long id = restaurant.tables().get(i);
            if (wanted.guests() <= CAPACITIES[i] && (wanted.tableId() == null || id.equals(wanted.tableId()))) {
                fitting.add(id);
            }
        }
        return fitting;
    }

    private record Taken(long table, Instant from, Instant to) {}

    private List<Taken> taken(List<ARestaurant.Added> restaurants) {
        return worker.jdbc()
                .sql("select table_id, starts_at, ends_at from table_occupancy where restaurant_id = any (?)")
                .param(restaurants.stream().map(ARestaurant.Added::id).toArray(Long[]::new))
                .query((row, number) -> new Taken(
                        row.getLong(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getObject(3, OffsetDateTime.class).toInstant()))
                .list();
    }
}
