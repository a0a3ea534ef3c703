package io.headwaiter.worker.deciding;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.headwaiter.rules.FloorPlan;
import io.headwaiter.schemas.MessageJson;
import io.headwaiter.worker.WorkerProperties;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Restaurants' rules. A plan is read whole when its version changed, and the version is read in every batch: nothing is decided
 * by a stale one.
 */
@Component
class FloorPlans {

    private final JdbcClient jdbc;
    private final Cache<Long, Versioned> cache;

    private record Versioned(long version, FloorPlan plan) {}

    FloorPlans(JdbcClient jdbc, WorkerProperties properties) {
        this.jdbc = jdbc;
        this.cache = Caffeine.newBuilder().maximumSize(properties.cachedPlans()).build();
    }

    /** A restaurant's rules as they stood when it was last asked about, to prepare for what is decided by those of now; null when it never was. */
    @Nullable
    FloorPlan lastKnown(long restaurantId) {
        Versioned cached = cache.getIfPresent(restaurantId);
        return cached == null ? null : cached.plan();
    }

    /** Has them read whole the next time. */
    void forget(long restaurantId) {
        cache.invalidate(restaurantId);
    }

    /**
     * Asks for the rules of these requests' restaurants, and holds them: until this batch is over nobody changes them.
     * {@code renew_plan} waits for the same lock.
     */
    Reading read(List<Submitted> requests, RoundTrip trip) {
        Long[] restaurants = requests.stream()
                .map(Submitted::restaurantId)
                .distinct()
                .sorted()
                .toArray(Long[]::new);
        trip.sql("select pg_advisory_xact_lock_shared(id) from unnest(:restaurants) as asked(id)")
                .param("restaurants", restaurants);
        // By a statement after that: it sees whatever was changed before the lock was had.
        Reading reading = new Reading();
        trip.sql(
                        """
                        select now(), asked.id, r.plan_version
                        from unnest(:restaurants) as asked(id)
                        left join lateral (select * from restaurants where restaurants.id = asked.id limit 1) r on true
                        """)
                .param("restaurants", restaurants)
                .rows(row -> {
                    reading.now = row.getObject(1, OffsetDateTime.class).toInstant();
                    long id = row.getLong(2);
                    long version = row.getLong(3);
                    if (!row.wasNull()) {
                        reading.versions.put(id, version);
                    }
                });
        return reading;
    }

    /** What the trip brings. */
    final class Reading {

        private final Map<Long, Long> versions = new HashMap<>();
        private @Nullable Instant now;

        private Reading() {}

        /** The rules as they stand; those that have changed are read whole. */
        PlansNow plans() {
            Map<Long, FloorPlan> plans = new HashMap<>();
            List<Long> changed = new ArrayList<>();
            versions.forEach((id, version) -> {
                Versioned cached = cache.getIfPresent(id);
                if (cached != null && cached.version() == version) {
                    plans.put(id, cached.plan());
                } else {
                    changed.add(id);
                }
            });
            if (!changed.isEmpty()) {
                load(changed, plans);
            }
            return new PlansNow(Objects.requireNonNull(now), plans);
        }
    }

    private void load(List<Long> changed, Map<Long, FloorPlan> plans) {
        jdbc.sql("select restaurant_id, plan_version, plan from floor_plans(:restaurants)")
                .param("restaurants", changed.toArray(Long[]::new))
                .query(row -> {
                    long id = row.getLong(1);
                    FloorPlan plan = MessageJson.mapper().readValue(row.getString(3), FloorPlan.class);
                    cache.put(id, new Versioned(row.getLong(2), plan));
                    plans.put(id, plan);
                });
    }
}
