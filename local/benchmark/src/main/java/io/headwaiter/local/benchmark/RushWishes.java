package io.headwaiter.local.benchmark;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.function.Supplier;

/** Everybody wants a table for two at one restaurant, at one and the same slot: that of one day, and later that of the next. */
final class RushWishes implements Supplier<Wish> {

    private static final int GUESTS = 200_000;

    private final Town town;
    private final Random random;
    private volatile String start = evening(30);

    RushWishes(Town town, long seed) {
        this.town = town;
        this.random = new Random(seed);
    }

    private static String evening(int day) {
        return Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .plus(day, ChronoUnit.DAYS)
                .plus(19, ChronoUnit.HOURS)
                .toString();
    }

    void nextDay() {
        start = evening(31);
    }

    @Override
    public synchronized Wish get() {
        return new Wish(town, town.plan(), start, 2, random.nextInt(GUESTS));
    }
}
