package io.headwaiter.local.faults.load;

import io.headwaiter.local.faults.history.Asked;
import io.headwaiter.local.fixtures.ARestaurant.Added;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What one caller asks for next, by dice of their own: one seed, one sequence. Of ten, three go where everybody wants to go, three
 * to a hot restaurant at any time, the others anywhere.
 */
final class Choose {

    private static final int DAYS = 300;
    private static final int SLOTS = 96;
    private static final Duration SLOT = Duration.ofMinutes(15);

    private final Random dice;
    private final Houses houses;
    private final Instant firstDay;

    Choose(Random dice, Houses houses, Instant now) {
        this.dice = dice;
        this.houses = houses;
        this.firstDay = now.truncatedTo(ChronoUnit.DAYS).plus(2, ChronoUnit.DAYS);
    }

    boolean percent(int chance) {
        return dice.nextInt(100) < chance;
    }

    int upTo(int bound) {
        return dice.nextInt(bound);
    }

    Added house() {
        return percent(60) ? one(houses.hot()) : one(houses.spread());
    }

    private Added one(List<Added> some) {
        return some.get(dice.nextInt(some.size()));
    }

    /** In a hot restaurant half of all want one of a few slots. */
    Instant date(Added house) {
        boolean hot = houses.hot().contains(house);
        if (hot && percent(50)) {
            return firstDay.plus(Duration.ofHours(18)).plus(SLOT.multipliedBy(dice.nextInt(8)));
        }
        return firstDay.plus(dice.nextInt(DAYS), ChronoUnit.DAYS).plus(SLOT.multipliedBy(dice.nextInt(SLOTS)));
    }

    Asked.Place place(Added house, String reference) {
        return new Asked.Place(date(house), 1 + dice.nextInt(4), table(house, 50), reference);
    }

    private @Nullable Long table(Added house, int chance) {
        return percent(chance) ? house.table(dice.nextInt(house.tables().size())) : null;
    }

    /** Something is changed in any case. */
    Asked.Move move(Booked booked) {
        Integer version = percent(20) ? booked.version() : null;
        Long table = table(booked.house(), 20);
        return switch (dice.nextInt(3)) {
            case 0 -> new Asked.Move(booked.id(), date(booked.house()), null, table, false, version);
            case 1 -> new Asked.Move(booked.id(), null, 1 + dice.nextInt(4), null, percent(30), version);
            default ->
                new Asked.Move(booked.id(), booked.date().plus(SLOT), 1 + dice.nextInt(2), table, false, version);
        };
    }

    Asked.Cancel cancel(Booked booked) {
        return new Asked.Cancel(booked.id(), percent(20) ? booked.version() : null);
    }

    Manner manner() {
        int at = dice.nextInt(100);
        if (at < 40) {
            return Manner.WAITS;
        }
        if (at < 50) {
            return Manner.WAITS_SHORTLY;
        }
        if (at < 60) {
            return Manner.WAITS_LONG;
        }
        return at < 92 ? Manner.LOOKS_AGAIN : Manner.HANGS_UP;
    }
}
