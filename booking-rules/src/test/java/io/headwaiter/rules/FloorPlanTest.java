package io.headwaiter.rules;

import static io.headwaiter.rules.AssignmentCriterion.HIGHEST_PRIORITY;
import static io.headwaiter.rules.AssignmentCriterion.SMALLEST_TABLE;
import static io.headwaiter.rules.AssignmentCriterion.TIGHTEST_GAP;
import static io.headwaiter.rules.RestaurantFixture.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FloorPlanTest {

    private static final Instant START = Instant.parse("2027-01-01T18:00:00Z");

    @Test
    void a_party_sits_as_long_as_the_smallest_row_that_holds_it_says() {
        FloorPlan plan = aRestaurant().turn(150).turn(6, 120).turn(2, 90).plan();
        assertThat(plan.turnTime(1)).isEqualTo(Duration.ofMinutes(90));
        assertThat(plan.turnTime(2)).isEqualTo(Duration.ofMinutes(90));
        assertThat(plan.turnTime(3)).isEqualTo(Duration.ofMinutes(120));
        assertThat(plan.turnTime(6)).isEqualTo(Duration.ofMinutes(120));
        assertThat(plan.turnTime(7)).isEqualTo(Duration.ofMinutes(150));
    }

    @Test
    void a_table_is_occupied_for_the_stay_and_the_buffer() {
        FloorPlan plan = aRestaurant().turn(90).buffer(20).plan();
        assertThat(plan.stay(START, 2)).isEqualTo(new Interval(START, START.plusSeconds(5400)));
        assertThat(plan.occupancy(START, 2)).isEqualTo(new Interval(START, START.plusSeconds(6600)));
    }

    @Test
    void the_longest_occupancy_is_never_less_than_the_rules_can_make() {
        assertThat(aRestaurant().turn(90).buffer(20).plan().longestOccupancy()).isEqualTo(Duration.ofMinutes(110));
        assertThat(aRestaurant().turn(90).turn(8, 200).buffer(20).plan().longestOccupancyMinutes())
                .isEqualTo(220);
        FloorPlan plan = new FloorPlan(
                1,
                "",
                ZoneId.of("UTC"),
                15,
                20,
                0,
                0,
                0,
                90,
                List.of(),
                300,
                List.of(),
                List.of(),
                List.of(),
                List.of());
        assertThat(plan.longestOccupancy()).isEqualTo(Duration.ofMinutes(300));
    }

    @Test
    void the_ledger_is_read_from_twice_the_longest_occupancy_before_to_once_after() {
        FloorPlan plan = aRestaurant().turn(100).buffer(20).plan();
        assertThat(plan.ledgerWindow(new Interval(START, START.plusSeconds(60))))
                .isEqualTo(new Interval(START.minusSeconds(4 * 3600), START.plusSeconds(60 + 2 * 3600)));
    }

    @Test
    void tables_are_found_by_id_in_use_or_not() {
        FloorPlan plan =
                aRestaurant().withTables(2, 4).withTable(1, 6, 0, false).plan();
        assertThat(plan.table(2)).contains(plan.tables().get(1));
        assertThat(plan.table(3)).contains(plan.tables().get(2));
        assertThat(plan.table(4)).isEmpty();
        assertThat(plan.activeTables()).isEqualTo(2);
    }

    @Test
    void the_first_choices_end_where_the_house_prefers_one_side_whatever_is_taken() {
        FloorPlan plan = aRestaurant().withTables(2, 2, 2, 4, 4, 6).plan();
        assertThat(firstChoicesFor(plan, 2, 1)).containsExactly(1L, 2L, 3L);
        assertThat(firstChoicesFor(plan, 2, 3)).containsExactly(1L, 2L, 3L);
        assertThat(firstChoicesFor(plan, 2, 4)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(firstChoicesFor(plan, 2, 20)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(firstChoicesFor(plan, 5, 1)).containsExactly(6L);
        assertThat(firstChoicesFor(plan, 7, 1)).isEmpty();
    }

    @Test
    void where_gaps_decide_first_every_table_is_a_first_choice_and_where_they_never_do_one_is() {
        assertThat(firstChoicesFor(
                        aRestaurant()
                                .withTables(2, 2, 4)
                                .chooses(TIGHTEST_GAP, SMALLEST_TABLE)
                                .plan(),
                        2,
                        1))
                .containsExactly(1L, 2L, 3L);
        assertThat(firstChoicesFor(
                        aRestaurant()
                                .withTables(2, 2, 4)
                                .chooses(SMALLEST_TABLE)
                                .plan(),
                        2,
                        1))
                .containsExactly(1L);
    }

    private static List<Long> firstChoicesFor(FloorPlan plan, int guests, int atLeast) {
        return plan.firstChoices(guests, atLeast).stream().map(DiningTable::id).toList();
    }

    @Test
    void the_tables_for_a_party_are_those_in_use_that_seat_it() {
        FloorPlan plan = aRestaurant()
                .withTables(2, 4)
                .withTable(3, 6, 0, true)
                .withTable(1, 8, 0, false)
                .plan();
        assertThat(idsFor(plan, 1)).containsExactly(1L, 2L);
        assertThat(idsFor(plan, 2)).containsExactly(1L, 2L);
        assertThat(idsFor(plan, 3)).containsExactly(2L, 3L);
        assertThat(idsFor(plan, 6)).containsExactly(3L);
        assertThat(idsFor(plan, 7)).isEmpty();
        assertThat(idsFor(plan, 0)).isEmpty();
        assertThat(idsFor(plan, -1)).isEmpty();
        assertThat(plan.proposedTable(3)).contains(plan.tables().get(1));
        assertThat(plan.proposedTable(7)).isEmpty();
    }

    @Test
    void an_area_is_the_same_house_with_the_tables_of_that_area_only() {
        FloorPlan plan = aRestaurant()
                .withTable(1, 4, 0, true)
                .withTableIn("Terrace", 1, 4, true)
                .withTableIn("Terrace", 1, 4, false)
                .withTableIn("terrace", 1, 4, true)
                .turn(2, 45)
                .open("12:00", "15:00")
                .plan();

        FloorPlan terrace = plan.inArea("Terrace");

        assertThat(terrace.tables())
                .containsExactly(plan.tables().get(1), plan.tables().get(2));
        assertThat(terrace.activeTables()).isEqualTo(1);
        assertThat(terrace.tablesFor(2)).containsExactly(plan.tables().get(1));
        assertThat(plan.inArea("Cellar").tables()).isEmpty();
        assertThat(terrace).usingRecursiveComparison().ignoringFields("tables").isEqualTo(plan);
    }

    @Test
    void the_static_order_is_the_policy_without_the_gap_and_then_the_id() {
        RestaurantFixture house = aRestaurant()
                .withTable(1, 6, 1, true)
                .withTable(1, 4, 0, true)
                .withTable(1, 6, 2, true)
                .withTable(1, 4, 1, true)
                .withTable(1, 4, 1, true);
        assertThat(idsFor(house.chooses().plan(), 2)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(idsFor(house.chooses(TIGHTEST_GAP).plan(), 2)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(idsFor(house.chooses(SMALLEST_TABLE).plan(), 2)).containsExactly(2L, 4L, 5L, 1L, 3L);
        assertThat(idsFor(
                        house.chooses(TIGHTEST_GAP, SMALLEST_TABLE, HIGHEST_PRIORITY)
                                .plan(),
                        2))
                .containsExactly(4L, 5L, 2L, 3L, 1L);
        assertThat(idsFor(
                        house.chooses(HIGHEST_PRIORITY, TIGHTEST_GAP, SMALLEST_TABLE)
                                .plan(),
                        2))
                .containsExactly(3L, 4L, 5L, 1L, 2L);
    }

    @Test
    void plans_with_the_same_members_are_equal() {
        FloorPlan one = aRestaurant().withTables(2, 4).openAlways().plan();
        FloorPlan same = aRestaurant().withTables(2, 4).openAlways().plan();
        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(one).isNotEqualTo(aRestaurant().withTables(2, 5).openAlways().plan());
        assertThat(one.tables()).isEqualTo(new ArrayList<>(same.tables()));
        assertThat(new ArrayList<>(same.tables())).isEqualTo(one.tables());
    }

    @Test
    void what_a_house_cannot_have_is_not_made() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> aRestaurant().slotsEvery(0).plan());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> aRestaurant().turn(0).plan());
        assertThatIllegalArgumentException().isThrownBy(() -> aRestaurant().turn(2, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> aRestaurant().buffer(-1).plan());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> aRestaurant().notice(-1).plan());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> aRestaurant().horizon(-1).plan());
        assertThatIllegalArgumentException().isThrownBy(() -> aRestaurant().withTables(0));
        assertThatIllegalArgumentException().isThrownBy(() -> aRestaurant().withTable(0, 1, 0, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new WeeklyHours(0, LocalTime.NOON, LocalTime.NOON));
        assertThatIllegalArgumentException().isThrownBy(() -> new WeeklyHours(8, LocalTime.NOON, LocalTime.NOON));
        assertThatIllegalArgumentException().isThrownBy(() -> new Interval(START, START));
        assertThatIllegalArgumentException().isThrownBy(() -> new Occupancy(1, START, START, 1));
        DiningTable table = new DiningTable(1, "Twin", null, 1, 2, 0, true);
        assertThatIllegalArgumentException().isThrownBy(() -> new Room(List.of(table, table), List.of()));
    }

    @Test
    void the_smallest_steps_and_horizons_are_possible() {
        FloorPlan plan = aRestaurant()
                .slotsEvery(1)
                .turn(1)
                .buffer(0)
                .notice(0)
                .horizon(0)
                .turn(1, 1)
                .plan();
        assertThat(plan.longestOccupancyMinutes()).isEqualTo(1);
    }

    private static List<Long> idsFor(FloorPlan plan, int guests) {
        return plan.tablesFor(guests).stream().map(DiningTable::id).toList();
    }
}
