package io.headwaiter.local.faults.load;

import io.headwaiter.local.faults.history.Outcome;
import io.headwaiter.local.faults.history.Outcome.Booking;
import io.headwaiter.local.faults.history.Outcome.Done;
import org.jspecify.annotations.Nullable;

/** All that a caller knows in the end of what they asked. @param token null: it is not known to have been taken */
record Answer(@Nullable String token, @Nullable Outcome outcome) {

    static final Answer NONE = new Answer(null, null);

    /** Null when it is not known to be done. */
    @Nullable
    Booking booking() {
        return outcome instanceof Done done ? done.booking() : null;
    }
}
