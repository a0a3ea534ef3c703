package io.headwaiter.rules;

import java.time.Instant;

/** A stretch of time, half-open: {@code start} belongs to it, {@code end} does not, so that two that touch do not overlap. */
public record Interval(Instant start, Instant end) {

    public Interval {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("An interval must start before it ends: " + start + " to " + end);
        }
    }

    public boolean overlaps(Interval other) {
        return start.isBefore(other.end) && other.start.isBefore(end);
    }

    public boolean contains(Interval other) {
        return !other.start.isBefore(start) && !other.end.isAfter(end);
    }
}
