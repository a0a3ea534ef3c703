package io.headwaiter.rules;

import static io.headwaiter.rules.RestaurantFixture.aRestaurant;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A random restaurant on a random date, its clocks rather likely to change then, with a room half taken. */
final class RandomHouse {

    private static final String[] ZONES = {
        "UTC",
        "Europe/Madrid",
        "America/New_York",
        "Africa/Cairo", // changes at midnight, forwards
        "America/Havana", // changes at one, back to midnight
        "America/Santiago", // changes at midnight, both ways
        "Australia/Lord_Howe", // by half an hour
        "Antarctica/Troll", // by two hours
        "Pacific/Chatham", // at a quarter to four
        "Asia/Kathmandu",
        "Pacific/Apia",
        "Pacific/Kwajalein"
    };
    /** These left out a date when they moved across the date line. */
    private static final Map<String, LocalDate> SKIPPED =
            Map.of("Pacific/Apia", LocalDate.of(2011, 12, 30), "Pacific/Kwajalein", LocalDate.of(1993, 8, 21));

    private static final String[] TIMES = {
        "00:00", "00:00", "00:30", "01:30", "02:15", "02:40", "03:00", "06:00", "11:45", "12:00", "18:00", "22:00",
        "23:50"
    };
    private static final int[] STEPS = {5, 7, 15, 20, 30, 60, 90, 240};
    private static final AssignmentCriterion[] CRITERIA = AssignmentCriterion.values();

    final FloorPlan plan;
    final LocalDate date;
    final WallClockWalk walk;
    final List<Occupancy> taken;

    RandomHouse(Random random) {
        ZoneId zone = ZoneId.of(ZONES[random.nextInt(ZONES.length)]);
        date = date(random, zone);
        plan = plan(random, zone, date);
        walk = new WallClockWalk(zone, date);
        taken = taken(random, plan, walk.minutes());
    }

    Ledger ledger() {
        Ledger ledger = new Ledger();
        taken.forEach(ledger::add);
        return ledger;
    }

    /** Often a slot of the date, sometimes just any minute of it. */
    Instant start(Random random) {
        List<Instant> slots = random.nextInt(10) == 0 ? walk.minutes() : walk.slots(plan.slotStepMinutes());
        return slots.isEmpty()
                ? date.atStartOfDay(plan.timeZone()).toInstant()
                : slots.get(random.nextInt(slots.size()));
    }

    /** Mostly long before the date, sometimes so close to it that notice, horizon or the past matter. */
    Instant now(Random random) {
        Instant midnight = date.atStartOfDay(plan.timeZone()).toInstant();
        return midnight.plusSeconds(random.nextInt(3) == 0 ? 60L * (random.nextInt(4 * 1440) - 3L * 1440) : -86400);
    }

    static List<AssignmentCriterion> policy(Random random) {
        List<AssignmentCriterion> policy = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            policy.add(CRITERIA[random.nextInt(CRITERIA.length)]);
        }
        return policy;
    }

    private static LocalDate date(Random random, ZoneId zone) {
        Instant someTime = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(86400L * random.nextInt(700));
        LocalDate skipped = SKIPPED.get(zone.getId());
        if (skipped != null) {
            return skipped.plusDays(random.nextInt(3) - 1);
        }
        ZoneOffsetTransition change = zone.getRules().nextTransition(someTime);
        return change == null || random.nextInt(4) == 0
                ? LocalDate.ofInstant(someTime, zone)
                : change.getDateTimeBefore().toLocalDate().plusDays(random.nextInt(3) - 1);
    }

    private static FloorPlan plan(Random random, ZoneId zone, LocalDate date) {
        RestaurantFixture house = aRestaurant()
                .in(zone)
                .slotsEvery(STEPS[random.nextInt(STEPS.length)])
                .buffer(15 * random.nextInt(3))
                .notice(random.nextInt(2) * random.nextInt(600))
                .horizon(random.nextInt(5))
                .turn(30 + 5 * random.nextInt(20))
                .chooses(policy(random).toArray(AssignmentCriterion[]::new));
        if (random.nextBoolean()) {
            house.turn(4, 90 + 10 * random.nextInt(5)).turn(2, 45);
        }
        if (random.nextInt(4) == 0) {
            house.turn(6, 720);
        }
        for (int i = random.nextInt(4); i >= 0; i--) {
            house.open(TIMES[random.nextInt(TIMES.length)], TIMES[random.nextInt(TIMES.length)]);
        }
        if (random.nextInt(4) == 0) {
            house.closedOn(date.plusDays(1).toString());
            house.openOn(date.toString(), TIMES[random.nextInt(TIMES.length)], TIMES[random.nextInt(TIMES.length)]);
        }
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            int smallest = 1 + random.nextInt(2);
            house.withTable(smallest, smallest + random.nextInt(5), random.nextInt(2), random.nextInt(8) != 0);
        }
        return house.plan();
    }

    private static List<Occupancy> taken(Random random, FloorPlan plan, List<Instant> minutes) {
        List<Occupancy> taken = new ArrayList<>();
        Ledger ledger = new Ledger();
        for (int tries = minutes.isEmpty() ? 0 : random.nextInt(60); tries > 0; tries--) {
            long table = 1L + random.nextInt(plan.tables().size());
            Instant start = minutes.get(random.nextInt(minutes.size())).plusSeconds(3600L * (random.nextInt(24) - 12));
            Interval time =
                    new Interval(start, start.plusSeconds(60L * (1L + random.nextInt(plan.longestOccupancyMinutes()))));
            if (ledger.isFree(table, time)) {
                Occupancy o = new Occupancy(table, time.start(), time.end(), random.nextInt(1000) * 100L + tries);
                ledger.add(o);
                taken.add(o);
            }
        }
        return taken;
    }

    @Override
    public String toString() {
        return date + " at " + plan + " with " + taken + " taken";
    }
}
