package io.headwaiter.rules;

import static io.headwaiter.rules.RestaurantFixture.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ClockChangesTest {

    private static final Instant TODAY = Instant.now().truncatedTo(ChronoUnit.DAYS);
    private static final Ledger NOTHING_TAKEN = new Ledger();

    /** Zones that share their whole history share a test. */
    @TestFactory
    Stream<DynamicTest> at_every_change_in_the_next_two_years_the_slots_are_those_the_clock_shows() {
        Map<ZoneRules, List<String>> zones = new HashMap<>();
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            zones.computeIfAbsent(ZoneId.of(id).getRules(), rules -> new ArrayList<>())
                    .add(id);
        }
        return zones.values().stream()
                .map(ids -> dynamicTest(String.join(", ", ids), () -> {
                    ZoneId zone = ZoneId.of(ids.get(0));
                    for (LocalDate date : datesOfInterest(zone)) {
                        check(zone, date);
                    }
                }));
    }

    /** The dates of each change, the day before (a stay may pass midnight), and today. */
    private static Set<LocalDate> datesOfInterest(ZoneId zone) {
        Set<LocalDate> dates = new TreeSet<>();
        dates.add(LocalDate.ofInstant(TODAY, zone));
        ZoneOffsetTransition change = zone.getRules().nextTransition(TODAY);
        while (change != null && change.getInstant().isBefore(TODAY.plus(Duration.ofDays(731)))) {
            dates.add(change.getDateTimeBefore().toLocalDate().minusDays(1));
            dates.add(change.getDateTimeBefore().toLocalDate());
            dates.add(change.getDateTimeAfter().toLocalDate());
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return dates;
    }

    private static void check(ZoneId zone, LocalDate date) {
        WallClockWalk walk = new WallClockWalk(zone, date);
        Instant now = TODAY.minus(Duration.ofDays(3));
        RestaurantFixture house = aRestaurant().in(zone).horizon(1000).withTables(2);
        FloorPlan always = house.openAlways().plan();
        List<Instant> slots = walk.slots(15);
        assertThat(starts(FreeSlots.on(always, date, 2, now, NOTHING_TAKEN)))
                .as("%s in %s", date, zone)
                .isEqualTo(slots);
        for (Instant slot : slots) {
            assertThat(DecideBooking.decide(always, new Ask(slot, 2, null), now, true, NOTHING_TAKEN))
                    .as("%s in %s", slot, zone)
                    .isInstanceOf(Confirmed.class);
        }

        FloorPlan nights = aRestaurant()
                .in(zone)
                .horizon(1000)
                .withTables(2)
                .turn(45)
                .open("20:00", "02:15")
                .open("02:40", "06:00")
                .plan();
        List<Instant> open = slots.stream()
                .filter(slot -> walk.open(nights, new Interval(slot, slot.plus(Duration.ofMinutes(45)))))
                .toList();
        assertThat(starts(FreeSlots.on(nights, date, 2, now, NOTHING_TAKEN)))
                .as("%s in %s", date, zone)
                .isEqualTo(open);
    }

    @Test
    void an_hour_that_does_not_exist_has_no_slots() {
        FloorPlan madrid = openAlways("Europe/Madrid", 60);
        assertThat(times(madrid, "2027-03-28")).hasSize(23).startsWith("00:00", "01:00", "03:00", "04:00");
    }

    @Test
    void an_hour_that_comes_twice_has_its_slots_twice() {
        FloorPlan madrid = openAlways("Europe/Madrid", 30);
        assertThat(times(madrid, "2027-10-31"))
                .hasSize(50)
                .startsWith("00:00", "00:30", "01:00", "01:30", "02:00", "02:30", "02:00", "02:30", "03:00");
    }

    @Test
    void half_an_hour_is_left_out_and_repeated_at_lord_howe() {
        FloorPlan lordHowe = openAlways("Australia/Lord_Howe", 15);
        assertThat(times(lordHowe, "2027-10-03"))
                .hasSize(94)
                .startsWith("00:00", "00:15", "00:30", "00:45", "01:00", "01:15", "01:30", "01:45", "02:30");
        assertThat(times(lordHowe, "2027-04-04"))
                .hasSize(98)
                .containsSubsequence("01:30", "01:45", "01:30", "01:45", "02:00");
    }

    @Test
    void a_midnight_that_does_not_exist_opens_and_closes_when_the_clock_leaps() {
        RestaurantFixture cairo =
                aRestaurant().in("Africa/Cairo").slotsEvery(60).turn(60).withTables(2);
        assertThat(times(cairo.open("00:00", "03:00").plan(), "2027-04-30")).containsExactly("01:00", "02:00");
        assertThat(times(cairo.open("22:00", "00:00").plan(), "2027-04-29")).endsWith("22:00", "23:00");
        assertThat(times(openAlways("Africa/Cairo", 60), "2027-04-29")).hasSize(24);
    }

    @Test
    void hours_that_lie_in_what_the_clock_leaves_out_are_none() {
        FloorPlan cairo = aRestaurant()
                .in("Africa/Cairo")
                .turn(5)
                .slotsEvery(5)
                .withTables(2)
                .open("00:10", "00:50")
                .plan();
        assertThat(times(cairo, "2027-04-30")).isEmpty();
        assertThat(times(cairo, "2027-05-01")).hasSize(8);
    }

    @Test
    void a_midnight_that_comes_twice_opens_the_first_time_and_closes_the_second() {
        RestaurantFixture havana =
                aRestaurant().in("America/Havana").slotsEvery(30).turn(30).withTables(2);
        assertThat(times(havana.openOn("2027-11-07", "00:00", "02:00").plan(), "2027-11-07"))
                .containsExactly("00:00", "00:30", "00:00", "00:30", "01:00", "01:30");
        assertThat(times(
                        aRestaurant()
                                .in("America/Havana")
                                .slotsEvery(30)
                                .turn(30)
                                .withTables(2)
                                .openOn("2027-11-06", "22:00", "00:30")
                                .plan(),
                        "2027-11-07"))
                .containsExactly("00:00", "00:30", "00:00");
    }

    @Test
    void a_date_that_the_zone_skips_has_no_hours_and_no_slots() {
        FloorPlan apia = openAlways("Pacific/Apia", 60);
        assertThat(times(apia, "2011-12-29")).hasSize(24);
        assertThat(times(apia, "2011-12-30")).isEmpty();
        assertThat(times(apia, "2011-12-31")).hasSize(24);

        FloorPlan nights = aRestaurant()
                .in("Pacific/Apia")
                .slotsEvery(60)
                .turn(60)
                .withTables(2)
                .open("22:00", "02:00")
                .plan();
        assertThat(times(nights, "2011-12-29")).containsExactly("00:00", "01:00", "22:00", "23:00");
        assertThat(times(nights, "2011-12-31")).containsExactly("22:00", "23:00");

        FloorPlan kwajalein = openAlways("Pacific/Kwajalein", 60);
        assertThat(times(kwajalein, "1993-08-20")).hasSize(24);
        assertThat(times(kwajalein, "1993-08-21")).isEmpty();
        assertThat(times(kwajalein, "1993-08-22")).hasSize(24);
    }

    @Test
    void a_stay_may_reach_over_a_date_that_the_zone_skips() {
        FloorPlan apia = openAlways("Pacific/Apia", 60);
        Ledger taken = new Ledger();
        Instant eleven = Instant.parse("2011-12-30T09:00:00Z");
        taken.add(new Occupancy(1, eleven, eleven.plus(Duration.ofHours(2)), 1));
        Instant now = eleven.minus(Duration.ofDays(2));

        assertThat(FreeSlots.on(apia, LocalDate.parse("2011-12-31"), 2, now, taken)
                        .get(0)
                        .start())
                .as("one o'clock, after two hours from eleven on the day before the last")
                .isEqualTo("2011-12-30T11:00:00Z");
    }

    /** Newfoundland used to go from 00:01 back to 23:01 of the day before. */
    @Test
    void a_date_that_comes_again_is_offered_again() {
        FloorPlan stJohns = openAlways("America/St_Johns", 15);
        Instant secondsIntoSunday = Instant.parse("2010-11-07T02:30:30Z");
        List<FreeSlots.Slot> saturday =
                FreeSlots.on(stJohns, LocalDate.parse("2010-11-06"), 2, secondsIntoSunday, NOTHING_TAKEN);
        assertThat(saturday).extracting(slot -> slot.time().toString()).containsExactly("23:15", "23:30", "23:45");
        assertThat(FreeSlots.on(stJohns, LocalDate.parse("2010-11-05"), 2, secondsIntoSunday, NOTHING_TAKEN))
                .isEmpty();

        FloorPlan late = aRestaurant()
                .in("America/St_Johns")
                .withTables(2)
                .turn(15)
                .openOn("2010-11-06", "22:30", "00:00")
                .plan();
        assertThat(times(late, "2010-11-06"))
                .containsExactly("22:30", "22:45", "23:00", "23:15", "23:30", "23:45", "23:15", "23:30", "23:45");
        assertThat(times(late, "2010-11-07")).containsExactly("00:00");
    }

    private static FloorPlan openAlways(String zone, int step) {
        return aRestaurant()
                .in(zone)
                .slotsEvery(step)
                .turn(720)
                .openAlways()
                .withTables(2)
                .plan();
    }

    private static List<String> times(FloorPlan plan, String date) {
        LocalDate day = LocalDate.parse(date);
        Instant now = day.minusDays(2).atStartOfDay(plan.timeZone()).toInstant();
        return FreeSlots.on(plan, day, 2, now, NOTHING_TAKEN).stream()
                .map(FreeSlots.Slot::time)
                .map(LocalTime::toString)
                .toList();
    }

    private static List<Instant> starts(List<FreeSlots.Slot> slots) {
        return slots.stream().map(FreeSlots.Slot::start).toList();
    }
}
