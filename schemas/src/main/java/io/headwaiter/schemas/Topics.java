package io.headwaiter.schemas;

import java.time.Duration;

/** The topics, and what is frozen about them. {@code migrate} makes them so. */
public final class Topics {

    /** Requests to decide, keyed by {@link RequestKey}. */
    public static final String REQUESTS = "booking.requests";

    /**
     * Partitions of {@link #REQUESTS}. Frozen: a key's partition is its hash modulo this number, and with another number
     * requests that compete for one table would meet in two partitions, out of order.
     */
    public static final int REQUEST_PARTITIONS = 12;

    public static final Duration REQUESTS_KEPT = Duration.ofDays(7);

    /** What was decided, keyed by restaurant. */
    public static final String EVENTS = "booking.events";

    public static final int EVENT_PARTITIONS = 12;
    public static final Duration EVENTS_KEPT = Duration.ofDays(30);

    /** Records of {@link #REQUESTS} that are no requests, with the reason, and those that only a mended worker can decide. */
    public static final String DEAD_LETTERS = "booking.requests.dlt";

    public static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(30);

    /** Bytes. A dead letter is what died, which may be as large as a broker lets a batch of records be, and why. */
    public static final int LARGEST_DEAD_LETTER = 2 * 1024 * 1024;

    private Topics() {}
}
