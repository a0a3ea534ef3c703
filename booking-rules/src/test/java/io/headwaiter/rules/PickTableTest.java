package io.headwaiter.rules;

import static io.headwaiter.rules.AssignmentCriterion.HIGHEST_PRIORITY;
import static io.headwaiter.rules.AssignmentCriterion.SMALLEST_TABLE;
import static io.headwaiter.rules.AssignmentCriterion.TIGHTEST_GAP;
import static io.headwaiter.rules.RestaurantFixture.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The party wants 18:00 to 19:45. */
class PickTableTest {

    private static final Instant SIX = Instant.parse("2027-01-01T18:00:00Z");

    private final Ledger taken = new Ledger();

    @Test
    void the_smallest_free_table_that_fits_is_given() {
        RestaurantFixture house = aRestaurant().withTables(8, 4, 2, 6);
        assertThat(picked(house, 3)).isEqualTo(2);
        take(2, 0, 10);
        assertThat(picked(house, 3)).isEqualTo(4);
    }

    @Test
    void priority_decides_between_tables_of_one_size() {
        RestaurantFixture house =
                aRestaurant().withTable(1, 4, 1, true).withTable(1, 4, 2, true).withTable(1, 6, 9, true);
        assertThat(picked(house, 2)).isEqualTo(2);
        assertThat(picked(house.chooses(HIGHEST_PRIORITY), 2)).isEqualTo(3);
    }

    @Test
    void the_tightest_gap_decides_between_tables_alike() {
        RestaurantFixture house = aRestaurant().withTables(4, 4, 4, 6);
        take(1, -60, -50);
        take(2, -40, -30);
        take(3, 150, 160);
        assertThat(picked(house, 2)).isEqualTo(2);
        take(4, -10, 0);
        assertThat(picked(house, 2)).isEqualTo(2);
    }

    @Test
    void gaps_count_first_where_the_house_says_so() {
        RestaurantFixture house = aRestaurant().withTables(2, 4, 6).chooses(TIGHTEST_GAP, SMALLEST_TABLE);
        take(3, -10, 0);
        assertThat(picked(house, 2)).isEqualTo(3);
        take(2, 105, 120);
        assertThat(picked(house, 2)).isEqualTo(2);
    }

    @Test
    void a_gap_beyond_the_longest_occupancy_tells_nothing() {
        RestaurantFixture house = aRestaurant().withTables(4, 4);
        take(1, -300, -200);
        take(2, -300, -105);
        assertThat(picked(house, 2)).isEqualTo(1);
        take(2, -300, -104);
        assertThat(picked(house, 2)).isEqualTo(2);
    }

    @Test
    void among_tables_that_nothing_tells_apart_the_lowest_id_is_given() {
        assertThat(picked(aRestaurant().withTables(4, 4, 4), 2)).isEqualTo(1);
        assertThat(picked(aRestaurant().withTables(6, 4, 2).chooses(), 2)).isEqualTo(1);
    }

    @Test
    void a_full_room_has_none_to_give() {
        RestaurantFixture house = aRestaurant().withTables(4);
        take(1, 104, 200);
        assertThat(PickTable.from(house.plan(), 2, house.plan().occupancy(SIX, 2), taken))
                .isNull();
    }

    private long picked(RestaurantFixture house, int guests) {
        FloorPlan plan = house.openAlways().plan();
        Ask ask = new Ask(SIX, guests, null);
        return ((Confirmed) DecideBooking.decide(plan, ask, SIX, true, taken))
                .table()
                .id();
    }

    private void take(long table, int fromMinutes, int toMinutes) {
        taken.add(new Occupancy(table, SIX.plusSeconds(60L * fromMinutes), SIX.plusSeconds(60L * toMinutes), 1));
    }
}
