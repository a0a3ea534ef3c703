package io.headwaiter.local.faults;

import io.headwaiter.local.faults.kinds.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which fault comes next: round after round, each shuffled. What a fault chooses follows from
 * dice of its own, so that one that was skipped or took another course changes none of those after it.
 */
final class Schedule {

    private final Random dice;
    private final List<Kind> round;
    private final List<Planned> left = new ArrayList<>();

    /** A fault to come. */
    record Planned(Kind kind, long seed) {

        Random dice() {
            return new Random(seed);
        }
    }

    /** @param round what is shuffled, again and again */
    Schedule(long seed, List<Kind> round) {
        this.dice = new Random(seed);
        this.round = List.copyOf(round);
    }

    /** A round of all kinds, each as often as it weighs. */
    static List<Kind> asTheyWeigh() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Collections.nCopies(kind.weight(), kind).stream())
                .toList();
    }

    Planned next() {
        if (left.isEmpty()) {
            List<Kind> shuffled = new ArrayList<>(round);
            Collections.shuffle(shuffled, dice);
            shuffled.forEach(kind -> left.add(new Planned(kind, dice.nextLong())));
        }
        return left.removeFirst();
    }
}
