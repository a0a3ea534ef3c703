package io.headwaiter.local.benchmark;

import io.headwaiter.rules.FloorPlan;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Parties of 1 to 8 at random restaurants of a town, at random slots of 300 days, between noon and ten. Each is one of 200,000
 * guests, who keep to one restaurant. The same seed gives the same wishes.
 */
final class Wishes implements Supplier<Wish> {

    private static final int DAYS = 300;
    private static final int SLOTS_A_DAY = 40;
    private static final int LARGEST_PARTY = 8;
    private static final int GUESTS = 200_000;
    private static final String[] STARTS = starts();

    private final Town town;
    private final Random random;

    Wishes(Town town, long seed) {
        this.town = town;
        this.random = new Random(seed);
    }

    private static String[] starts() {
        Instant firstNoon = Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .plus(1, ChronoUnit.DAYS)
                .plus(12, ChronoUnit.HOURS);
        String[] starts = new String[DAYS * SLOTS_A_DAY];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = firstNoon
                    .plus(i / SLOTS_A_DAY, ChronoUnit.DAYS)
                    .plus(15L * (i % SLOTS_A_DAY), ChronoUnit.MINUTES)
                    .toString();
        }
        return starts;
    }

    @Override
    public synchronized Wish get() {
        int restaurants = town.plans().size();
        int restaurant = random.nextInt(restaurants);
        FloorPlan plan = town.plans().get(restaurant);
        // By the remainder one sees whose guest it is.
        int guest = restaurants * random.nextInt(GUESTS / restaurants) + restaurant;
        return new Wish(town, plan, STARTS[random.nextInt(STARTS.length)], 1 + random.nextInt(LARGEST_PARTY), guest);
    }
}
