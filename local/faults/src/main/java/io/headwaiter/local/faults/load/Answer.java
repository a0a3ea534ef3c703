package io.headwaiter.local.faults.load;

import io.headwaiter.local.faults.history.Outcome;
import io.headwaiter.local.faults.history.Outcome.Booking;
import io.headwaiter.local.faults.history.Outcome.Done;
import org.jspecify.annotations.Nullable;

/**
 * What a caller knows of what they asked.
 *
 * @param token null: it is not known to have been taken
 * @param outcome null: it is not known to be decided
 */
record Answer(Undecided.@Nullable Token token, @Nullable Outcome outcome) {

    static final Answer NONE = new Answer(null, null);

    boolean isOpen() {
        return token != null && outcome == null;
    }

    /** Null when it is not known to be done. */
    @Nullable
    Booking booking() {
        return outcome instanceof Done done ? done.booking() : null;
    }
}
