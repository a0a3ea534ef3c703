package io.headwaiter.rules;

import static io.headwaiter.rules.RestaurantFixture.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreeSlotsTest {

    private static final LocalDate DAY = LocalDate.parse("2027-01-04");
    private static final Instant NOW = Instant.parse("2027-01-01T12:00:00Z");

    private final Ledger taken = new Ledger();

    @Test
    void a_slot_says_when_and_at_which_tables() {
        FloorPlan plan = aRestaurant()
                .in("Europe/Madrid")
                .open("18:00", "19:45")
                .withTables(6, 2, 4, 4)
                .plan();
        Instant six = Instant.parse("2027-01-04T17:00:00Z");
        taken.add(new Occupancy(3, six, six.plusSeconds(900), 1));
        assertThat(FreeSlots.on(plan, DAY, 3, NOW, taken))
                .containsExactly(
                        new FreeSlots.Slot(six, LocalTime.of(18, 0), plan.stay(six, 3), List.of(4L, 1L)),
                        new FreeSlots.Slot(
                                six.plusSeconds(900),
                                LocalTime.of(18, 15),
                                plan.stay(six.plusSeconds(900), 3),
                                List.of(3L, 4L, 1L)));
    }

    @Test
    void a_day_that_is_over_or_beyond_the_horizon_has_none() {
        FloorPlan plan = aRestaurant().openAlways().withTables(2).horizon(3).plan();
        assertThat(FreeSlots.on(plan, DAY, 2, NOW, taken)).hasSize(96);
        assertThat(FreeSlots.on(plan, DAY.plusDays(1), 2, NOW, taken)).isEmpty();
        assertThat(FreeSlots.on(plan, LocalDate.parse("2026-12-31"), 2, NOW, taken))
                .isEmpty();
        assertThat(FreeSlots.on(plan, LocalDate.parse("2027-01-01"), 2, NOW, taken))
                .hasSize(48);
        assertThat(FreeSlots.on(plan, LocalDate.MIN, 2, NOW, taken)).isEmpty();
        assertThat(FreeSlots.on(plan, LocalDate.MAX, 2, NOW, taken)).isEmpty();
    }

    @Test
    void a_party_that_no_table_seats_is_offered_nothing() {
        assertThat(FreeSlots.on(aRestaurant().openAlways().withTables(2).plan(), DAY, 3, NOW, taken))
                .isEmpty();
    }

    @Test
    void the_last_hours_of_a_night_are_slots_of_the_next_date() {
        FloorPlan plan = aRestaurant()
                .open("22:00", "02:00")
                .slotsEvery(60)
                .turn(120)
                .withTables(2)
                .plan();
        assertThat(FreeSlots.on(plan, DAY, 2, NOW, taken))
                .extracting(slot -> slot.time().toString())
                .containsExactly("00:00", "22:00", "23:00");
    }

    @Test
    void the_grid_begins_anew_at_midnight() {
        FloorPlan plan =
                aRestaurant().openAlways().slotsEvery(7 * 60).withTables(2).plan();
        assertThat(FreeSlots.on(plan, DAY, 2, NOW, taken))
                .extracting(slot -> slot.time().toString())
                .containsExactly("00:00", "07:00", "14:00", "21:00");
    }
}
