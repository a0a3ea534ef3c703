package io.headwaiter.rules;

import java.time.Instant;

/**
 * A table's time that is taken, {@code [start, end)}, the buffer included. From the table {@code table_occupancy}.
 *
 * @param takenBy the transaction that took it; a bigger one took it later
 */
public record Occupancy(long tableId, Instant start, Instant end, long takenBy) {

    /** Taken in the very batch that is being decided: later than everything that can be read. */
    public static final long NOW = Long.MAX_VALUE;

    public Occupancy {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("An occupancy must start before it ends: " + start + " to " + end);
        }
    }
}
