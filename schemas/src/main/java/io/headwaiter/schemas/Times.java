package io.headwaiter.schemas;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The times that messages may name: what a {@code timestamptz} and every calendar agree on. */
final class Times {

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private Times() {}

    /** To the microsecond: a {@code timestamptz} holds no more. */
    static Instant stored(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    static boolean inRange(Instant time) {
        return !time.isBefore(EARLIEST) && time.isBefore(LATEST);
    }
}
