package io.headwaiter.gateway.events;

import java.util.Locale;

/** Why a stream ended. But for the first, its client resumes. */
enum Ending {
    /** The key was withdrawn or expired, or does not reach so far any more. */
    KEY,
    LIFETIME,
    /** The client read too slowly. */
    SLOW,
    /** The client went away. */
    LEFT,
    /** The gateway stops. */
    STOPPING,
    /** The tail had to skip events, or the topic does not answer any more. */
    BROKEN;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
