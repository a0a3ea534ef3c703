package io.headwaiter.local.benchmark;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;

import io.headwaiter.local.fixtures.ARestaurant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * 500 restaurants of 20 tables each, a key that opens them all, and a million reservations, evenly spread over their tables
 * and 300 days from tomorrow on.
 */
record ManyRestaurants(List<Long> ids, String key) {

    static final int DAYS = 300;
    static final int RESERVATIONS = 1_000_000;

    private static final int RESTAURANTS = 500;
    private static final int TABLES = 20;
    private static final int AT_ONCE = 100_000;

    static ManyRestaurants add(DataSource database) {
        Progress.say("adding %,d restaurants".formatted(RESTAURANTS));
        int[] tables = new int[TABLES];
        Arrays.fill(tables, 0, TABLES / 2, 2);
        Arrays.fill(tables, TABLES / 2, TABLES, 4);
        ARestaurant restaurant = aRestaurant().withTables(tables).open("12:00", "23:30");
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < RESTAURANTS; i++) {
            ids.add(restaurant.addTo(database).id());
        }
        JdbcClient jdbc = JdbcClient.create(database);
        String key = "benchmark-key-for-restaurants-from-" + ids.get(0);
        Town.grant(jdbc, key, ids.stream().mapToLong(Long::longValue));
        Progress.say("adding %,d reservations".formatted(RESERVATIONS));
        for (int from = 0; from < RESERVATIONS; from += AT_ONCE) {
            addReservations(jdbc, ids, from, from + AT_ONCE);
        }
        // What a server that has been up for a while has done by itself.
        jdbc.sql("vacuum analyze reservations").update();
        jdbc.sql("vacuum analyze table_occupancy").update();
        jdbc.sql("vacuum analyze restaurants").update();
        return new ManyRestaurants(ids, key);
    }

    static LocalDate firstDay() {
        return LocalDate.now(ZoneOffset.UTC).plusDays(1);
    }

    /** Each table is taken once in three days, for 90 or 120 minutes and the 15 after them, at changing times. */
    private static void addReservations(JdbcClient jdbc, List<Long> ids, int from, int to) {
        jdbc.sql(
                        """
                        with numbered as (
                          select restaurant_id, id, capacity,
                                 row_number() over (order by restaurant_id, id) - 1 as number
                          from dining_tables where restaurant_id = any (:restaurants)
                        ), booked as (
                          select nextval('reservation_ids') as id, restaurant_id, t.id as table_id, capacity,
                                 cast(:first as date) + (3 * visit + number % 3) * interval '1 day'
                                   + interval '12 hours' + (visit + number) % 37 * interval '15 minutes' as starts_at
                          from generate_series(cast(:from as int), :to - 1) as n
                          cross join lateral (select n % :tables as at, n / :tables as visit) as spread
                          join numbered t on t.number = spread.at
                        ), reserved as (
                          insert into reservations (restaurant_id, id, starts_at, ends_at, guests, table_id, partner_id, request_id)
                          select restaurant_id, id, starts_at, starts_at + (60 + 15 * capacity) * interval '1 minute', capacity,
                                 table_id, 1, gen_random_uuid()
                          from booked
                        )
                        insert into table_occupancy (restaurant_id, table_id, starts_at, ends_at, reservation_id)
                        select restaurant_id, table_id, starts_at, starts_at + (75 + 15 * capacity) * interval '1 minute', id
                        from booked
                        """)
                .param("restaurants", ids.toArray(Long[]::new))
                .param("first", firstDay().toString())
                .param("from", from)
                .param("to", to)
                .param("tables", RESTAURANTS * TABLES)
                .update();
    }
}
