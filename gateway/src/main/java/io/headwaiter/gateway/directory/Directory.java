package io.headwaiter.gateway.directory;

import io.headwaiter.gateway.GatewayProperties;
import io.headwaiter.gateway.problems.Problem;
import io.headwaiter.rules.FloorPlan;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Every key and every restaurant's rules, in memory. It is read again and again ({@link RefreshDirectory}); when that fails it
 * goes on as it is for a while, and then refuses to answer: it never says "none found" because nobody could look.
 */
@Component
public class Directory {

    private final AtomicReference<@Nullable Snapshot> latest = new AtomicReference<>();
    private final Duration maxAge;

    Directory(GatewayProperties properties, MeterRegistry meters) {
        this.maxAge = properties.directoryMaxAge();
        TimeGauge.builder("headwaiter.directory.age", this, TimeUnit.MILLISECONDS, Directory::ageMillis)
                .description("Since keys and rules were last read; nobody is let in when they are too old")
                .register(meters);
    }

    /** Whom this key stands for; empty when there is no such key, or not any more. */
    public Optional<Caller> callerWith(String key) {
        Snapshot current = current();
        return Optional.ofNullable(current.callers().get(KeyHash.of(key)))
                .filter(caller -> caller.isValidAt(current.now()));
    }

    /** Whom the key of this caller stands for now; empty when it opens nothing any more. */
    public Optional<Caller> asOfNow(Caller caller) {
        Snapshot current = current();
        return Optional.ofNullable(current.byKey().get(caller.keyId())).filter(known -> known.isValidAt(current.now()));
    }

    public Optional<VersionedPlan> plan(long restaurantId) {
        return Optional.ofNullable(current().plans().get(restaurantId));
    }

    /** The plans of the restaurants that this caller reaches, by their ids. */
    public List<FloorPlan> plansReachedBy(Caller caller) {
        return current().plans().values().stream()
                .map(VersionedPlan::plan)
                .filter(plan -> caller.reaches(plan.restaurantId()))
                .sorted(Comparator.comparingLong(FloorPlan::restaurantId))
                .toList();
    }

    /** Whether the database answered lately, as far as one can tell without asking it. */
    public boolean isFresh(Duration age) {
        Snapshot snapshot = latest.get();
        return snapshot != null && snapshot.age().compareTo(age) <= 0;
    }

    private double ageMillis() {
        Snapshot snapshot = latest.get();
        return snapshot == null ? Double.NaN : snapshot.age().toMillis();
    }

    @Nullable
    Snapshot latest() {
        return latest.get();
    }

    void replaceBy(Snapshot snapshot) {
        latest.set(snapshot);
    }

    private Snapshot current() {
        Snapshot snapshot = latest.get();
        if (snapshot == null) {
            throw unavailable("directory_not_loaded", "This gateway has just started and does not know its keys yet.");
        }
        if (snapshot.age().compareTo(maxAge) > 0) {
            throw unavailable(
                    "directory_stale", "The database has been away too long for keys and rules to be trusted.");
        }
        return snapshot;
    }

    private static RuntimeException unavailable(String code, String detail) {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, code, detail)
                .retryAfter(5)
                .asException();
    }
}
