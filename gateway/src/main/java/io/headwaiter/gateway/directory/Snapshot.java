package io.headwaiter.gateway.directory;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The directory as it was at one moment.
 *
 * @param byKey callers by the ids of their keys
 * @param readAt by the database's clock
 * @param nanoTime by this process's, when it was asked for
 */
record Snapshot(
        Map<KeyHash, Caller> callers,
        Map<Long, Caller> byKey,
        Map<Long, VersionedPlan> plans,
        Instant readAt,
        long nanoTime) {

    static Snapshot of(Map<KeyHash, Caller> callers, Map<Long, VersionedPlan> plans, Instant readAt, long nanoTime) {
        return new Snapshot(
                Map.copyOf(callers),
                callers.values().stream().collect(Collectors.toUnmodifiableMap(Caller::keyId, Function.identity())),
                Map.copyOf(plans),
                readAt,
                nanoTime);
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    /** What the database's clock says now, or would say if it could be asked: keys expire by that clock alone. */
    Instant now() {
        return readAt.plus(age());
    }
}
