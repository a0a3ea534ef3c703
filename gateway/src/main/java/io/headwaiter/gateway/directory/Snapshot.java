package io.headwaiter.gateway.directory;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The directory as it was at one moment.
 *
 * @param readAt by the database's clock
 * @param nanoTime by this process's, when it was asked for
 */
record Snapshot(Map<KeyHash, Caller> callers, Map<Long, VersionedPlan> plans, Instant readAt, long nanoTime) {

    Snapshot {
        callers = Map.copyOf(callers);
        plans = Map.copyOf(plans);
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    /** What the database's clock says now, or would say if it could be asked: keys expire by that clock alone. */
    Instant now() {
        return readAt.plus(age());
    }
}
