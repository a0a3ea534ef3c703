package io.headwaiter.local.benchmark;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A town of 500 restaurants that has been booked for years: 200,000 guests, and as many reservations as are wanted, each with its
 * decision and its time in the ledger, as the worker would have left them. A tenth is to come, over the next 300 days; the rest
 * goes back for 900.
 */
final class GrownTown {

    static final int RESTAURANTS = 500;

    private static final int TABLES = 20 * RESTAURANTS;
    private static final int GUESTS_OF_ONE = 400;
    private static final int TENTH = 10;

    /** The lengths of the event and its headers are those of a confirmed booking. */
    private static final String VISITS =
            """
            with visits as (
              select nextval('reservation_ids') as id, table_id, starts_at, client_id, gen_random_uuid() as request_id,
                     least(starts_at - interval '7 days', now() - (1 + i % 1000) * interval '1 hour') as asked_at
              from (
                select t.id as table_id, i,
                       date_trunc('day', now(), 'UTC') + interval '12 hours' + (i * 7 + t.n * 5) % 40 * interval '15 minutes'
                         + interval '1 day' * case when i < :coming then 1 + i * 300 / :coming + t.n * (300 / :coming) / 20
                                              else -1 - (i - :coming) * 900 / greatest(:each - :coming, 1) end as starts_at,
                       :first_guest + (i * 31 + t.n * 7) % :guests as client_id
                from (select id, (row_number() over (order by id))::int - 1 as n from dining_tables where restaurant_id = :restaurant) t
                cross join generate_series(0, :each - 1) i
                order by starts_at, table_id) as sorted
            ), reserved as (
              insert into reservations (restaurant_id, id, starts_at, ends_at, guests, table_id, client_id, partner_id, request_id, created_at)
              select :restaurant, id, starts_at, starts_at + interval '2 hours', 2, table_id, client_id, :partner, request_id, asked_at
              from visits
            ), decided as (
              insert into booking_requests (restaurant_id, id, kind, fingerprint, outcome, reservation_id, event_headers, event_data, decided_at)
              select :restaurant, request_id, 'booking.place', sha256('a payload'), 'confirmed', id,
                     convert_to(repeat('h', :header_bytes), 'UTF8'), convert_to(repeat('d', :event_bytes), 'UTF8'), asked_at
              from visits order by id
            )
            insert into table_occupancy (restaurant_id, table_id, starts_at, ends_at, reservation_id)
            select :restaurant, table_id, starts_at, starts_at + interval '135 minutes', id from visits
            """;

    private static final int HEADER_BYTES = 330;
    private static final int EVENT_BYTES = 400;

    private GrownTown() {}

    /** In the stage's present database, which is fresh. @param reservations 10,000, or a multiple of it up to 10,000,000 */
    static Town of(Stage stage, int reservations) {
        Town town = Town.of(stage, RESTAURANTS);
        Progress.say("making %,d reservations".formatted(reservations));
        int each = reservations / TABLES;
        AtomicInteger next = new AtomicInteger();
        int connections = Runtime.getRuntime().availableProcessors();
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            CompletableFuture.allOf(IntStream.range(0, connections)
                            .mapToObj(any -> CompletableFuture.runAsync(() -> fill(stage, town, each, next), threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
        vacuum(stage);
        return town;
    }

    private static void fill(Stage stage, Town town, int each, AtomicInteger next) {
        try (SingleConnectionDataSource one = stage.oneConnection()) {
            JdbcClient jdbc = JdbcClient.create(one);
            // What refers to what is right by how it is made.
            jdbc.sql("set session_replication_role = replica").update();
            for (int at = next.getAndIncrement(); at < RESTAURANTS; at = next.getAndIncrement()) {
                fill(jdbc, town, at, each);
                if ((at + 1) % 50 == 0) {
                    Progress.say("  %,d restaurants of %,d".formatted(at + 1, RESTAURANTS));
                }
            }
        }
    }

    private static void fill(JdbcClient jdbc, Town town, int at, int each) {
        long restaurant = town.plans().get(at).restaurantId();
        long firstGuest = jdbc.sql(
                        """
                        with made as (
                          insert into clients (restaurant_id, name, email, phone)
                          select :restaurant, 'Guest Number ' || guest, 'guest.' || guest || '@example.com', '+34 600 ' || (100000 + guest)
                          from (select :restaurants * k + :at as guest from generate_series(0, :guests - 1) k) as them
                          returning id)
                        select min(id) from made
                        """)
                .param("restaurant", restaurant)
                .param("restaurants", RESTAURANTS)
                .param("at", at)
                .param("guests", GUESTS_OF_ONE)
                .query(Long.class)
                .single();
        jdbc.sql(VISITS)
                .param("restaurant", restaurant)
                .param("partner", town.partnerId())
                .param("first_guest", firstGuest)
                .param("guests", GUESTS_OF_ONE)
                .param("each", each)
                .param("coming", Math.max(1, each / TENTH))
                .param("header_bytes", HEADER_BYTES)
                .param("event_bytes", EVENT_BYTES)
                .update();
    }

    /** What a server that has been up for a while has done by itself, and would else do in the middle. */
    static void vacuum(Stage stage) {
        Progress.say("vacuuming");
        for (String table : List.of("clients", "reservations", "table_occupancy", "booking_requests")) {
            stage.jdbc().sql("vacuum (analyze) " + table).update();
        }
        stage.jdbc().sql("checkpoint").update();
    }
}
