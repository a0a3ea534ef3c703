package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.EVENING;
import static io.headwaiter.worker.testing.Asking.aTable;
import static io.headwaiter.worker.testing.Asking.minutesAfter;
import static io.headwaiter.worker.testing.Asking.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.BookingConfirmed;
import io.headwaiter.schemas.BookingRejected;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.worker.testing.RunningWorker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Rules are data: what the database says holds for the next request, whatever the worker remembers. */
class PlansTest {

    private final RunningWorker worker = RunningWorker.shared();
    private final ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(4));
    private final long house = restaurant.id();

    @Test
    void a_changed_rule_is_in_force_for_the_next_request() {
        assertThat(ask(minutesAfter(EVENING, 1), 4)).isEqualTo("off_slot_grid");
        change("update restaurants set slot_step_minutes = 7 where id = ?");
        assertThat(ask(minutesAfter(EVENING, 1), 4)).isEqualTo("off_slot_grid");
        change("update restaurants set slot_step_minutes = 5 where id = ?");
        assertThat(ask(EVENING, 4)).isEqualTo("confirmed until 120");

        change("update restaurants set buffer_minutes = 60 where id = ?");
        assertThat(ask(minutesAfter(EVENING, -180), 4)).isEqualTo("confirmed until 120");
        assertThat(ask(minutesAfter(EVENING, -350), 4)).isEqualTo("no_table_available");
        change("update restaurants set buffer_minutes = 0 where id = ?");
        assertThat(ask(minutesAfter(EVENING, -300), 4)).isEqualTo("confirmed until 120");

        change("update turn_times set minutes = 45 where restaurant_id = ? and party_up_to = 6");
        assertThat(ask(minutesAfter(EVENING, 300), 4)).isEqualTo("confirmed until 45");
        change("delete from turn_times where restaurant_id = ?");
        assertThat(ask(minutesAfter(EVENING, 600), 4)).isEqualTo("confirmed until 150");
        change("update restaurants set notice_minutes = 525600 where id = ?");
        assertThat(ask(minutesAfter(EVENING, 900), 4)).isEqualTo("too_soon");
        change("update restaurants set notice_minutes = 0, horizon_days = 0 where id = ?");
        assertThat(ask(minutesAfter(EVENING, 2880), 4)).isEqualTo("beyond_horizon");
    }

    @Test
    void changed_tables_are_there_for_the_next_request() {
        assertThat(ask(EVENING, 5)).isEqualTo("party_size");
        change("insert into dining_tables (restaurant_id, name, capacity) values (?, 'new', 8)");
        assertThat(ask(EVENING, 5)).isEqualTo("confirmed until 120");
        change("update dining_tables set smallest_party = 4 where restaurant_id = ? and name = 'T1'");
        assertThat(ask(EVENING, 2)).isEqualTo("no_table_available");
        RequestMessage named = worker.place(table(house, restaurant.table(0), EVENING, 2));
        assertThat(worker.events.rejected(named).reason()).isEqualTo("table_too_large");
        change("update dining_tables set active = false where restaurant_id = ?");
        assertThat(ask(EVENING, 2)).isEqualTo("party_size");
    }

    @Test
    void changed_hours_are_in_force_for_the_next_request() {
        assertThat(ask(EVENING, 4)).isEqualTo("confirmed until 120");
        change("insert into special_days (restaurant_id, day) select ?, (now() at time zone 'UTC')::date + 2");
        assertThat(ask(minutesAfter(EVENING, 24 * 60), 4)).isEqualTo("closed");
        change(
                """
                insert into special_hours (restaurant_id, day, opens, closes)
                select restaurant_id, day, '17:00', '20:00' from special_days where restaurant_id = ?
                """);
        assertThat(ask(minutesAfter(EVENING, 24 * 60), 4)).isEqualTo("confirmed until 120");
        assertThat(ask(minutesAfter(EVENING, 24 * 60 + 15), 4)).isEqualTo("closed");
        change("delete from special_days where restaurant_id = ?");
        assertThat(ask(minutesAfter(EVENING, 24 * 60 + 300), 4)).isEqualTo("confirmed until 120");
        change("delete from opening_hours where restaurant_id = ?");
        assertThat(ask(minutesAfter(EVENING, 24 * 60 + 600), 4)).isEqualTo("closed");
    }

    @Test
    void a_booking_longer_than_todays_rules_still_stands_in_the_way() {
        change("update restaurants set turn_minutes = 600 where id = ?");
        change("delete from turn_times where restaurant_id = ?");
        assertThat(ask(minutesAfter(EVENING, -540), 4)).isEqualTo("confirmed until 600");

        change("update restaurants set turn_minutes = 30, buffer_minutes = 0 where id = ?");

        assertThat(worker.jdbc()
                        .sql("select longest_occupancy_minutes from restaurants where id = ?")
                        .param(house)
                        .query(Integer.class)
                        .single())
                .isEqualTo(615);
        assertThat(ask(minutesAfter(EVENING, 60), 4)).isEqualTo("no_table_available");
        assertThat(ask(minutesAfter(EVENING, 75), 4)).isEqualTo("confirmed until 30");
    }

    @Test
    void what_was_looked_at_by_the_rules_of_before_decides_nothing() {
        change("delete from turn_times where restaurant_id = ?");
        change("update restaurants set turn_minutes = 60, buffer_minutes = 0 where id = ?");
        assertThat(ask(minutesAfter(EVENING, 120), 4)).isEqualTo("confirmed until 60");
        change("update restaurants set turn_minutes = 240 where id = ?");
        double racesLost = racesLost();

        RequestMessage asked = worker.place(table(house, restaurant.table(0), EVENING, 4));

        assertThat(worker.events.rejected(asked).reason()).isEqualTo("table_taken");
        assertThat(racesLost()).isEqualTo(racesLost);
    }

    private double racesLost() {
        return worker.context()
                .getBean(MeterRegistry.class)
                .get("headwaiter.conflicts")
                .counter()
                .count();
    }

    @Test
    void the_longest_occupancy_follows_turn_times_up_and_never_down() {
        assertThat(longest()).isEqualTo(165);
        change("insert into turn_times (restaurant_id, party_up_to, minutes) values (?, 20, 400)");
        assertThat(longest()).isEqualTo(415);
        change("update restaurants set buffer_minutes = 60 where id = ?");
        assertThat(longest()).isEqualTo(460);
        change("delete from turn_times where restaurant_id = ?");
        change("update restaurants set longest_occupancy_minutes = 0 where id = ?");
        assertThat(longest()).isEqualTo(460);
    }

    @Test
    void a_stay_that_was_once_granted_counts_with_the_buffer_of_today() {
        change("update restaurants set turn_minutes = 300, buffer_minutes = 0 where id = ?");
        assertThat(longest()).isEqualTo(300);
        change("update restaurants set turn_minutes = 60, buffer_minutes = 60 where id = ?");
        assertThat(longest()).isEqualTo(360);
        change("update restaurants set buffer_minutes = 0 where id = ?");
        change("update restaurants set buffer_minutes = 60 where id = ?");
        assertThat(longest()).isEqualTo(360);
    }

    private int longest() {
        return worker.jdbc()
                .sql("select longest_occupancy_minutes from restaurants where id = ?")
                .param(house)
                .query(Integer.class)
                .single();
    }

    /** {@code confirmed until}, in minutes from the start, or the reason for a refusal. */
    private String ask(Instant date, int guests) {
        return switch (worker.events.of(worker.place(aTable(house, date, guests)))) {
            case BookingConfirmed confirmed ->
                "confirmed until "
                        + Duration.between(date, confirmed.reservation().end()).toMinutes();
            case BookingRejected refused -> refused.reason();
            default -> throw new AssertionError(date);
        };
    }

    /** The version of the plan must change with whatever changes it. */
    private void change(String sql) {
        long before = version();
        assertThat(worker.jdbc().sql(sql).param(house).update()).isPositive();
        assertThat(version()).as(sql).isGreaterThan(before);
    }

    private long version() {
        return worker.jdbc()
                .sql("select plan_version from restaurants where id = ?")
                .param(house)
                .query(Long.class)
                .single();
    }
}
