package io.headwaiter.local.benchmark;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.rules.FloorPlan;
import io.headwaiter.schemas.MessageJson;
import io.headwaiter.schemas.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The restaurant that is asked: 200 tables, 40 each of 2, 4, 6, 8 and 10, open always, and a partner with a key for it.
 *
 * @param plan its rules, as the gateway reads them
 */
record Hall(FloorPlan plan, long partnerId, String key) {

    private static final int TABLES_OF_A_SIZE = 40;

    static Hall add(DataSource database) {
        ARestaurant hall = aRestaurant().named("The hall");
        for (int seats = 2; seats <= 10; seats += 2) {
            for (int table = 0; table < TABLES_OF_A_SIZE; table++) {
                hall.withTables(seats);
            }
        }
        long id = hall.addTo(database).id();
        JdbcClient jdbc = JdbcClient.create(database);
        String plan = jdbc.sql("select plan from floor_plans(array[:id])")
                .param("id", id)
                .query(String.class)
                .single();
        String key = "benchmark-key-" + id;
        long partnerId = jdbc.sql(
                        """
                        with partner as (insert into partners (name) values ('Benchmark') returning id),
                             key as (insert into api_keys (partner_id, key_hash) select id, :hash from partner returning id),
                             granted as (insert into api_key_restaurants (api_key_id, restaurant_id) select id, :restaurant from key)
                        select id from partner
                        """)
                .param("hash", Sha256.of(key.getBytes(StandardCharsets.UTF_8)))
                .param("restaurant", id)
                .query(Long.class)
                .single();
        return new Hall(MessageJson.mapper().readValue(Objects.requireNonNull(plan), FloorPlan.class), partnerId, key);
    }

    long id() {
        return plan.restaurantId();
    }
}
