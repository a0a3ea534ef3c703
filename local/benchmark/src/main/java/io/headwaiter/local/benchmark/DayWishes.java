package io.headwaiter.local.benchmark;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.function.Supplier;

/**
 * What guests want on a real day: most of them something in the coming week, lunch or, twice as often, dinner; twos more than
 * anything else; and some restaurants far more than others.
 */
final class DayWishes implements Supplier<Wish> {

    private static final int GUESTS = 200_000;
    private static final double MEAN_DAYS_AHEAD = 4;
    private static final int MOST_DAYS_AHEAD = 90;
    private static final double LUNCH = 0.33;
    /** Of 100 parties so many are of 1, of 2, and so on. */
    private static final int[] PARTIES = {5, 46, 12, 21, 6, 6, 2, 2};

    private final Town town;
    private final Random random;
    private final LocalDate tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1);

    DayWishes(Town town, long seed) {
        this.town = town;
        this.random = new Random(seed);
    }

    @Override
    public synchronized Wish get() {
        int restaurants = town.plans().size();
        int restaurant = restaurant();
        int guest = restaurants * random.nextInt(GUESTS / restaurants) + restaurant;
        return new Wish(town, town.plans().get(restaurant), date() + "T" + slot() + ":00Z", party(), guest);
    }

    /** By the square, the first quarter of them get half of all guests. */
    synchronized int restaurant() {
        double share = random.nextDouble();
        return (int) (share * share * town.plans().size());
    }

    synchronized LocalDate date() {
        return tomorrow.plusDays(
                Math.min(MOST_DAYS_AHEAD, (long) (-MEAN_DAYS_AHEAD * Math.log(1 - random.nextDouble()))));
    }

    /** Around a quarter past one, or a quarter to eight. */
    synchronized LocalTime slot() {
        boolean lunch = random.nextDouble() < LUNCH;
        double minute = lunch ? 13 * 60 + 15 + 40 * random.nextGaussian() : 19 * 60 + 45 + 55 * random.nextGaussian();
        long quarters = Math.clamp(Math.round(minute / 15), 12 * 4L, 22 * 4L);
        return LocalTime.ofSecondOfDay(quarters * 15 * 60);
    }

    synchronized int party() {
        int which = random.nextInt(100);
        int guests = 0;
        while (which >= 0) {
            which -= PARTIES[guests++];
        }
        return guests;
    }
}
