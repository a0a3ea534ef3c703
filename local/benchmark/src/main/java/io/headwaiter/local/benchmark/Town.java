package io.headwaiter.local.benchmark;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.rules.FloorPlan;
import io.headwaiter.schemas.MessageJson;
import io.headwaiter.schemas.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The restaurants that are asked, and a partner with a key for all of them.
 *
 * @param plans their rules, as the gateway reads them
 */
record Town(List<FloorPlan> plans, long partnerId, String key) {

    private static final int[] TWENTY_TABLES = {2, 2, 2, 2, 2, 2, 4, 4, 4, 4, 4, 4, 4, 4, 6, 6, 6, 6, 8, 8};
    /** All alike, so that everybody wants the same ones. */
    private static final int[] TWENTY_ALIKE = {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2};

    private static final int TABLES_OF_A_SIZE = 40;

    /** Twenty tables each, for parties of up to 8, open from noon to midnight. */
    static Town of(Stage stage, int restaurants) {
        return add(stage, restaurants, aRestaurant().withTables(TWENTY_TABLES).open("12:00", "00:00"));
    }

    /** One restaurant with twenty tables for two. */
    static Town rushed(Stage stage) {
        return add(stage, 1, aRestaurant().withTables(TWENTY_ALIKE).open("12:00", "00:00"));
    }

    /** One restaurant of 200 tables, 40 each of 2, 4, 6, 8 and 10, open always. */
    static Town hall(Stage stage) {
        ARestaurant hall = aRestaurant().named("The hall");
        for (int seats = 2; seats <= 10; seats += 2) {
            for (int table = 0; table < TABLES_OF_A_SIZE; table++) {
                hall.withTables(seats);
            }
        }
        return add(stage, 1, hall);
    }

    private static Town add(Stage stage, int restaurants, ARestaurant each) {
        DataSource database = stage.dataSource();
        List<Long> ids = new ArrayList<>();
        try (SingleConnectionDataSource one = stage.oneConnection()) {
            for (int i = 0; i < restaurants; i++) {
                ids.add(each.addTo(one).id());
            }
        }
        JdbcClient jdbc = JdbcClient.create(database);
        // What a server that has been up for a while has done by itself: of tables that are empty it never knows that.
        jdbc.sql("analyze restaurants, turn_times, opening_hours, dining_tables")
                .update();
        List<FloorPlan> plans = jdbc
                .sql("select plan from floor_plans(:ids) order by restaurant_id")
                .param("ids", ids.toArray(Long[]::new))
                .query(String.class)
                .list()
                .stream()
                .map(plan -> MessageJson.mapper().readValue(plan, FloorPlan.class))
                .toList();
        String key = "benchmark-key-for-restaurants-from-" + ids.getFirst();
        return new Town(plans, grant(jdbc, key, ids.stream().mapToLong(Long::longValue)), key);
    }

    /** @return the id of the partner whose key opens these restaurants */
    static long grant(JdbcClient jdbc, String key, LongStream restaurants) {
        return jdbc.sql(
                        """
                        with partner as (insert into partners (name) values ('Benchmark') returning id),
                             key as (insert into api_keys (partner_id, key_hash) select id, :hash from partner returning id),
                             granted as (
                               insert into api_key_restaurants (api_key_id, restaurant_id)
                               select key.id, restaurant from key, unnest(:restaurants) as restaurant)
                        select id from partner
                        """)
                .param("hash", Sha256.of(key.getBytes(StandardCharsets.UTF_8)))
                .param("restaurants", restaurants.boxed().toArray(Long[]::new))
                .query(Long.class)
                .single();
    }

    /** Of the only one, or of the first. */
    long id() {
        return plan().restaurantId();
    }

    FloorPlan plan() {
        return plans.getFirst();
    }
}
