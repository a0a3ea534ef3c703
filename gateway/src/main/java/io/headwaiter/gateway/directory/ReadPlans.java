package io.headwaiter.gateway.directory;

import io.headwaiter.rules.FloorPlan;
import io.headwaiter.schemas.MessageJson;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** Reads restaurants' rules, as they are now. */
@Component
public class ReadPlans {

    private static final Logger LOG = LoggerFactory.getLogger(ReadPlans.class);

    private final JdbcClient jdbc;

    ReadPlans(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By restaurant. Those that there are not, and those whose rules cannot be read, are left out. */
    public Map<Long, VersionedPlan> of(Collection<Long> restaurants) {
        Map<Long, VersionedPlan> plans = new HashMap<>();
        jdbc.sql("select restaurant_id, plan_version, plan from floor_plans(:restaurants)")
                .param("restaurants", restaurants.toArray(Long[]::new))
                .query(row -> {
                    long restaurantId = row.getLong(1);
                    try {
                        FloorPlan plan = MessageJson.mapper().readValue(row.getString(3), FloorPlan.class);
                        plans.put(restaurantId, new VersionedPlan(row.getLong(2), plan));
                    } catch (JacksonException unreadable) {
                        // One restaurant's rules must not keep all the others from being read.
                        LOG.error(
                                "The rules of restaurant {} cannot be read; it stays as it was known before, if it was: {}",
                                restaurantId,
                                unreadable.getOriginalMessage());
                    }
                });
        return plans;
    }
}
