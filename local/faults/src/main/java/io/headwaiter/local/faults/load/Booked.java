package io.headwaiter.local.faults.load;

import io.headwaiter.local.fixtures.ARestaurant.Added;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A reservation as a caller last saw it. */
record Booked(Added house, long id, long tableId, Instant date, int version) {

    /** The reservations that callers know of one another, so that two of them change one. */
    static final class Shared {

        private static final int KEPT = 64;

        private final AtomicReferenceArray<@Nullable Booked> kept = new AtomicReferenceArray<>(KEPT);

        void show(Booked booked, Random dice) {
            kept.set(dice.nextInt(KEPT), booked);
        }

        @Nullable
        Booked any(Random dice) {
            return kept.get(dice.nextInt(KEPT));
        }
    }
}
