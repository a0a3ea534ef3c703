package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.EVENING;
import static io.headwaiter.worker.testing.Asking.aTable;
import static io.headwaiter.worker.testing.Asking.minutesAfter;
import static io.headwaiter.worker.testing.Asking.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.BookingConfirmed;
import io.headwaiter.schemas.BookingRejected.InTheWay;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.worker.testing.ByHand;
import io.headwaiter.worker.testing.RandomSeed;
import io.headwaiter.worker.testing.RunningWorker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.DataIntegrityViolationException;

/** The database itself keeps two parties from one table, whoever writes. */
class TableTimeTest {

    @RegisterExtension
    final RandomSeed seed = new RandomSeed();

    private final RunningWorker worker = RunningWorker.shared();
    private final ByHand byHand = new ByHand(worker.jdbc());
    private final ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(4, 4));

    @Test
    void time_that_overlaps_a_bookings_stay_or_buffer_cannot_be_taken_by_hand() {
        RequestMessage booked = worker.place(table(restaurant.id(), restaurant.table(0), EVENING, 4));
        worker.events.confirmed(booked);

        // The party sits 120 minutes, and the buffer is 15.
        int[][] overlapping = {{-60, 1}, {-60, 500}, {1, 2}, {119, 121}, {120, 134}, {134, 200}, {0, 60}, {0, 135}};
        for (int[] minutes : overlapping) {
            assertThatThrownBy(() -> take(0, minutes[0], minutes[1]))
                    .as("%s to %s", minutes[0], minutes[1])
                    .isInstanceOf(DataIntegrityViolationException.class)
                    .hasMessageContaining(minutes[0] == 0 ? "table_occupancy_pkey" : "table_taken");
        }
    }

    @Test
    void time_that_only_touches_or_is_anothers_can_be_taken() {
        worker.events.confirmed(worker.place(table(restaurant.id(), restaurant.table(0), EVENING, 4)));

        take(0, -60, 0);
        take(0, 135, 200);
        take(1, 0, 135);

        assertThat(byHand.count("table_occupancy", restaurant.id())).isEqualTo(4);
    }

    @Test
    void taken_time_cannot_be_stretched_over_the_next_nor_turned_round() {
        take(0, 0, 60);
        take(0, 60, 120);

        assertThatThrownBy(() -> worker.jdbc()
                        .sql(
                                "update table_occupancy set ends_at = ends_at + interval '1 second' where restaurant_id = ? and starts_at = ?::timestamptz")
                        .params(restaurant.id(), EVENING.toString())
                        .update())
                .hasMessageContaining("table_taken");
        assertThatThrownBy(() -> take(1, 60, 60)).hasMessageContaining("occupancy_not_empty");
        assertThatThrownBy(() -> take(1, 60, 0)).isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void of_random_intervals_exactly_those_are_refused_that_overlap_one_taken_before() {
        List<int[]> taken = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int from = seed.random.nextInt(2000);
            int to = from + 1 + seed.random.nextInt(120);
            boolean free = taken.stream().noneMatch(other -> from < other[1] && other[0] < to);
            boolean accepted;
            try {
                take(0, from, to);
                accepted = true;
            } catch (DataIntegrityViolationException refused) {
                accepted = false;
            }
            assertThat(accepted).as("%s to %s", from, to).isEqualTo(free);
            if (free) {
                taken.add(new int[] {from, to});
            }
        }
    }

    @Test
    void time_taken_by_hand_for_longer_than_any_rule_allows_is_respected() {
        Instant from = minutesAfter(EVENING, -600);
        Instant to = minutesAfter(EVENING, 30);
        take(0, -600, 30);

        RequestMessage named = worker.place(table(restaurant.id(), restaurant.table(0), EVENING, 4));
        RequestMessage any = worker.place(aTable(restaurant.id(), EVENING, 4));

        assertThat(worker.events.rejected(named).reason()).isEqualTo("table_taken");
        assertThat(worker.events.rejected(named).inTheWay()).isEqualTo(new InTheWay(restaurant.table(0), from, to));
        BookingConfirmed given = worker.events.confirmed(any);
        assertThat(given.table().id()).isEqualTo(restaurant.table(1));
        RequestMessage another = worker.place(aTable(restaurant.id(), EVENING, 4));
        assertThat(worker.events.rejected(another).reason()).isEqualTo("no_table_available");
    }

    private void take(int table, int from, int to) {
        byHand.take(restaurant.id(), restaurant.table(table), minutesAfter(EVENING, from), minutesAfter(EVENING, to));
    }
}
