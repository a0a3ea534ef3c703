package io.headwaiter.local.faults.load;

import org.jspecify.annotations.Nullable;

/** How a caller awaits the outcome. */
enum Manner {
    /** As long as the gateway does by itself. */
    WAITS(null),
    WAITS_SHORTLY("wait=1"),
    WAITS_LONG("wait=10"),
    /** Does not wait, and looks again. */
    LOOKS_AGAIN("respond-async"),
    /** Hangs up before there is an answer. */
    HANGS_UP(null);

    private final @Nullable String prefer;

    Manner(@Nullable String prefer) {
        this.prefer = prefer;
    }

    /** The header {@code Prefer}. */
    @Nullable
    String prefer() {
        return prefer;
    }
}
