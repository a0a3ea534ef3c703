package io.headwaiter.rules;

import java.util.Random;
import java.util.function.Consumer;

/**
 * Runs a property on many random cases. Each case has a seed of its own, which a failure names; {@code
 * -Dheadwaiter.seed=...} runs that case alone.
 */
final class Seeded {

    private Seeded() {}

    static void cases(int count, Consumer<Random> property) {
        Long only = Long.getLong("headwaiter.seed");
        if (only != null) {
            property.accept(new Random(only));
            return;
        }
        for (long seed = 1; seed <= count; seed++) {
            try {
                property.accept(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Fails with -Dheadwaiter.seed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
