package io.headwaiter.local.benchmark.rivals;

import io.headwaiter.rules.FloorPlan;
import io.headwaiter.schemas.MessageJson;
import io.headwaiter.schemas.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who may ask where, and every restaurant's rules: all of it in memory, read once. A real one would have to look for changes;
 * this one need not pay for that.
 */
@Component
class Directory {

    private static final String BEARER = "Bearer ";

    private final Map<String, Partner> byKey = new HashMap<>();
    private final Map<Long, FloorPlan> plans = new HashMap<>();

    record Partner(long id, Set<Long> restaurants) {}

    Directory(JdbcClient jdbc) {
        jdbc.sql(
                        """
                        select k.key_hash, k.partner_id, r.restaurant_id
                        from api_keys k join api_key_restaurants r on r.api_key_id = k.id
                        """)
                .query(row -> {
                    long partnerId = row.getLong(2);
                    byKey.computeIfAbsent(text(row.getBytes(1)), key -> partner(partnerId))
                            .restaurants()
                            .add(row.getLong(3));
                });
        jdbc.sql("select plan from floor_plans(array(select id from restaurants))")
                .query(row -> {
                    FloorPlan plan = MessageJson.mapper().readValue(row.getString(1), FloorPlan.class);
                    plans.put(plan.restaurantId(), plan);
                });
    }

    private static Partner partner(long id) {
        return new Partner(id, new HashSet<>());
    }

    /** Empty when the key is none, or none for this restaurant. */
    Optional<Partner> partner(@Nullable String authorization, long restaurantId) {
        if (authorization == null || !authorization.startsWith(BEARER)) {
            return Optional.empty();
        }
        byte[] key = authorization.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8);
        return Optional.ofNullable(byKey.get(text(Sha256.of(key))))
                .filter(partner -> partner.restaurants().contains(restaurantId));
    }

    Optional<FloorPlan> plan(long restaurantId) {
        return Optional.ofNullable(plans.get(restaurantId));
    }

    private static String text(byte[] hash) {
        return Base64.getEncoder().encodeToString(hash);
    }
}
