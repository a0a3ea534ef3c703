package io.headwaiter.rules;

import static io.headwaiter.rules.AssignmentCriterion.HIGHEST_PRIORITY;
import static io.headwaiter.rules.AssignmentCriterion.SMALLEST_TABLE;
import static io.headwaiter.rules.AssignmentCriterion.TIGHTEST_GAP;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A restaurant that is as plain as can be, but for what the test says of it. Its tables have the ids 1, 2, 3 ... */
final class RestaurantFixture {

    private final List<DiningTable> tables = new ArrayList<>();
    private final List<WeeklyHours> hours = new ArrayList<>();
    private final List<SpecialDay> specialDays = new ArrayList<>();
    private final List<TurnTime> turnTimes = new ArrayList<>();
    private List<AssignmentCriterion> policy = List.of(SMALLEST_TABLE, HIGHEST_PRIORITY, TIGHTEST_GAP);
    private ZoneId zone = ZoneId.of("UTC");
    private int step = 15;
    private int buffer = 15;
    private int notice = 0;
    private int horizon = 400;
    private int deadline = 0;
    private int turn = 90;

    static RestaurantFixture aRestaurant() {
        return new RestaurantFixture();
    }

    RestaurantFixture in(ZoneId zone) {
        this.zone = zone;
        return this;
    }

    RestaurantFixture in(String zone) {
        return in(ZoneId.of(zone));
    }

    RestaurantFixture withTables(int... capacities) {
        for (int capacity : capacities) {
            withTable(1, capacity, 0, true);
        }
        return this;
    }

    RestaurantFixture withTable(int smallestParty, int capacity, int priority, boolean active) {
        int id = tables.size() + 1;
        tables.add(new DiningTable(id, "Table " + id, null, smallestParty, capacity, priority, active));
        return this;
    }

    RestaurantFixture withTableIn(String area, int smallestParty, int capacity, boolean active) {
        int id = tables.size() + 1;
        tables.add(new DiningTable(id, "Table " + id, area, smallestParty, capacity, 0, active));
        return this;
    }

    RestaurantFixture open(String opens, String closes) {
        for (int weekday = 1; weekday <= 7; weekday++) {
            openOn(weekday, opens, closes);
        }
        return this;
    }

    RestaurantFixture openAlways() {
        return open("00:00", "00:00");
    }

    RestaurantFixture openOn(int weekday, String opens, String closes) {
        hours.add(new WeeklyHours(weekday, LocalTime.parse(opens), LocalTime.parse(closes)));
        return this;
    }

    RestaurantFixture closedOn(String day) {
        specialDays.add(new SpecialDay(LocalDate.parse(day), List.of()));
        return this;
    }

    RestaurantFixture openOn(String day, String... opensAndCloses) {
        List<Hours> hoursOfDay = new ArrayList<>();
        for (int i = 0; i < opensAndCloses.length; i += 2) {
            hoursOfDay.add(new Hours(LocalTime.parse(opensAndCloses[i]), LocalTime.parse(opensAndCloses[i + 1])));
        }
        specialDays.add(new SpecialDay(LocalDate.parse(day), hoursOfDay));
        return this;
    }

    RestaurantFixture slotsEvery(int minutes) {
        step = minutes;
        return this;
    }

    RestaurantFixture buffer(int minutes) {
        buffer = minutes;
        return this;
    }

    RestaurantFixture notice(int minutes) {
        notice = minutes;
        return this;
    }

    RestaurantFixture horizon(int days) {
        horizon = days;
        return this;
    }

    RestaurantFixture deadline(int minutes) {
        deadline = minutes;
        return this;
    }

    RestaurantFixture turn(int minutes) {
        turn = minutes;
        return this;
    }

    RestaurantFixture turn(int partyUpTo, int minutes) {
        turnTimes.add(new TurnTime(partyUpTo, minutes));
        return this;
    }

    RestaurantFixture chooses(AssignmentCriterion... criteria) {
        policy = Stream.of(criteria).toList();
        return this;
    }

    FloorPlan plan() {
        return new FloorPlan(
                1,
                "Fixture",
                zone,
                step,
                buffer,
                notice,
                horizon,
                deadline,
                turn,
                policy,
                0,
                turnTimes,
                hours,
                specialDays,
                tables);
    }
}
