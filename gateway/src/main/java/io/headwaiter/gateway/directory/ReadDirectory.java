package io.headwaiter.gateway.directory;

import io.headwaiter.gateway.GatewayProperties;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the directory: all keys, and those plans whose version is not the one at hand. */
@Component
class ReadDirectory {

    private final JdbcClient jdbc;
    private final ReadPlans plans;
    private final int page;

    ReadDirectory(JdbcClient jdbc, ReadPlans plans, GatewayProperties properties) {
        this.jdbc = jdbc;
        this.plans = plans;
        this.page = properties.directoryPage();
    }

    /** Keys before plans: what a key is granted is then there. Each query is a transaction of its own, and a short one. */
    Snapshot read(@Nullable Snapshot before) {
        long nanoTime = System.nanoTime();
        Instant readAt =
                jdbc.sql("select now()").query(OffsetDateTime.class).single().toInstant();
        Map<KeyHash, Caller> callers = callers();
        Map<Long, VersionedPlan> known = before == null ? Map.of() : before.plans();
        Map<Long, VersionedPlan> current = new HashMap<>();
        List<Long> changed = new ArrayList<>();
        versions().forEach((restaurantId, version) -> {
            VersionedPlan plan = known.get(restaurantId);
            if (plan != null) {
                current.put(restaurantId, plan);
            }
            if (plan == null || plan.version() != version) {
                changed.add(restaurantId);
            }
        });
        for (int from = 0; from < changed.size(); from += page) {
            // Of what cannot be read, the one at hand stays.
            current.putAll(plans.of(changed.subList(from, Math.min(from + page, changed.size()))));
        }
        return Snapshot.of(callers, current, readAt, nanoTime);
    }

    private Map<KeyHash, Caller> callers() {
        Map<KeyHash, Caller> callers = new HashMap<>();
        jdbc.sql(
                        """
                        select id, key_hash, partner_id, scopes, expires_at,
                               array(select restaurant_id from api_key_restaurants where api_key_id = api_keys.id) as restaurants
                        from api_keys
                        """)
                .query(row -> {
                    callers.put(KeyHash.stored(row.getBytes("key_hash")), caller(row));
                });
        return callers;
    }

    private static Caller caller(ResultSet row) throws SQLException {
        OffsetDateTime expiresAt = row.getObject("expires_at", OffsetDateTime.class);
        Set<Scope> scopes = Arrays.stream((String[]) array(row, "scopes"))
                .map(Scope::of)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        return new Caller(
                row.getLong("id"),
                row.getLong("partner_id"),
                scopes,
                Set.of((Long[]) array(row, "restaurants")),
                expiresAt == null ? null : expiresAt.toInstant());
    }

    private static Object array(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array.getArray();
    }

    private Map<Long, Long> versions() {
        Map<Long, Long> versions = new HashMap<>();
        jdbc.sql("select restaurant_id, plan_version from plan_versions()").query(row -> {
            versions.put(row.getLong(1), row.getLong(2));
        });
        return versions;
    }
}
