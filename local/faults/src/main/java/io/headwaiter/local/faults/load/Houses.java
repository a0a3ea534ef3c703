package io.headwaiter.local.faults.load;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;

import io.headwaiter.local.faults.history.Entry.House;
import io.headwaiter.local.faults.history.Recorder;
import io.headwaiter.local.fixtures.ARestaurant.Added;
import io.headwaiter.schemas.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The restaurants that are asked, and the one key that opens them all.
 *
 * @param hot few tables that many want
 * @param spread room for everybody
 */
public record Houses(String key, long partnerId, List<Added> hot, List<Added> spread) {

    private static final int HOT = 3;
    private static final int SPREAD = 40;
    private static final int TABLES = 20;
    private static final int BUFFER_MINUTES = 15;

    /** @param database as its superuser */
    public static Houses add(DataSource database, Recorder history) {
        List<Added> hot = Stream.generate(() -> aRestaurant()
                        .named("Everybody's darling")
                        .withTables(2, 2, 4, 4, 6)
                        .buffer(BUFFER_MINUTES)
                        .addTo(database))
                .limit(HOT)
                .toList();
        int[] tables = new int[TABLES];
        Arrays.fill(tables, 0, TABLES / 2, 2);
        Arrays.fill(tables, TABLES / 2, TABLES - 4, 4);
        Arrays.fill(tables, TABLES - 4, TABLES, 8);
        List<Added> spread = Stream.generate(() ->
                        aRestaurant().withTables(tables).buffer(BUFFER_MINUTES).addTo(database))
                .limit(SPREAD)
                .toList();
        Houses houses = key(JdbcClient.create(database), hot, spread);
        houses.ids().forEach(id -> history.record(new House(id, BUFFER_MINUTES)));
        return houses;
    }

    private static Houses key(JdbcClient jdbc, List<Added> hot, List<Added> spread) {
        String key = "key-for-restaurants-from-" + hot.getFirst().id();
        long partnerId = jdbc.sql(
                        """
                        with partner as (insert into partners (name) values ('The callers') returning id),
                             key as (insert into api_keys (partner_id, key_hash, scopes)
                                     select id, :hash, '{bookings,staff}' from partner returning id),
                             granted as (insert into api_key_restaurants (api_key_id, restaurant_id)
                                         select key.id, restaurant from key, unnest(:restaurants) as restaurant)
                        select id from partner
                        """)
                .param("hash", Sha256.of(key.getBytes(StandardCharsets.UTF_8)))
                .param(
                        "restaurants",
                        Stream.of(hot, spread)
                                .flatMap(List::stream)
                                .map(Added::id)
                                .toArray(Long[]::new))
                .query(Long.class)
                .single();
        return new Houses(key, partnerId, hot, spread);
    }

    /** A third of the hot ones, and an eighth of the others. */
    Set<Long> toHearOf() {
        return Stream.concat(hot.stream().limit(HOT / 3), spread.stream().limit(SPREAD / 8))
                .map(Added::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    List<Long> ids() {
        return Stream.of(hot, spread).flatMap(List::stream).map(Added::id).toList();
    }
}
