package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.EVENING;
import static io.headwaiter.worker.testing.Asking.PARTNER;
import static io.headwaiter.worker.testing.Asking.aTable;
import static io.headwaiter.worker.testing.Asking.by;
import static io.headwaiter.worker.testing.Asking.byClient;
import static io.headwaiter.worker.testing.Asking.minutesAfter;
import static io.headwaiter.worker.testing.Asking.table;
import static io.headwaiter.worker.testing.Changing.block;
import static io.headwaiter.worker.testing.Changing.cancel;
import static io.headwaiter.worker.testing.Changing.move;
import static io.headwaiter.worker.testing.Changing.status;
import static io.headwaiter.worker.testing.Changing.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.local.proxy.DatabaseProxy;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.GuestDetails;
import io.headwaiter.schemas.MessageJson;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.Request;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.schemas.UnblockTable;
import io.headwaiter.worker.deciding.DecideBatch;
import io.headwaiter.worker.deciding.Submitted;
import io.headwaiter.worker.testing.ByHand;
import io.headwaiter.worker.testing.RunningWorker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * A worker's statement keeps its plan for as long as its connection lives, whatever the tables were when it was made. These are
 * the worker's own statements on its own connection, as it prepared them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryPlansTest {

    private static final Set<String> GROWING =
            Set.of("reservations", "table_occupancy", "booking_requests", "clients", "table_blocks");

    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private final DatabaseProxy proxy;
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final ConfigurableApplicationContext context;
    private final ARestaurant.Added restaurant;
    private final List<String> looksForGuestsWhenNew;

    QueryPlansTest() {
        RunningWorker worker = RunningWorker.shared();
        String url = worker.services().jdbcUrl(worker.services().createDatabase());
        assertThat(worker.migrate("--spring.datasource.url=" + url)).isZero();
        database.setUrl(url);
        database.setUser(worker.services().superuser());
        database.setPassword(worker.services().superuserPassword());
        restaurant = aRestaurant().withTables(4, 4, 4, 4, 4, 4).addTo(database);
        proxy = DatabaseProxy.to(database.getPortNumbers()[0]);
        // Lazy, so that it joins no consumer group: batches are put to it by hand. What it asks once is prepared for
        // good.
        context = SpringApplication.run(
                WorkerApplication.class,
                "--spring.main.lazy-initialization=true",
                "--spring.kafka.bootstrap-servers=127.0.0.1:1",
                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:%d/%s"
                        .formatted(proxy.port(), database.getDatabaseName()),
                "--spring.datasource.username=headwaiter_worker",
                "--spring.datasource.password=" + RunningWorker.WORKER_PASSWORD,
                "--spring.datasource.hikari.maximum-pool-size=1",
                "--spring.datasource.hikari.data-source-properties.prepareThreshold=1",
                "--server.port=0");
        guestsThatFillMoreThanAPageOfOneIndexAndLessOfAnother();
        everyKindOfBatch();
        prepareTheCheckOfGuests();
        looksForGuestsWhenNew = looksThatAreNot(
                (look, sql) -> !look.get("Relation Name").stringValue().equals("clients") || byTheRightKey(look, sql));
    }

    @AfterAll
    void stop() {
        context.close();
        proxy.close();
    }

    @Test
    void plans_made_in_a_new_database_look_for_guests_by_their_whole_key() {
        assertThat(looksForGuestsWhenNew).isEmpty();
    }

    /** Which of two indexes then costs a hundredth less is chance, so a part of the key may do; see decision 6. */
    @Test
    void plans_made_while_the_tables_were_known_to_be_empty_walk_no_table_and_no_index() {
        jdbc.sql("truncate reservations, table_occupancy, booking_requests, clients, table_blocks")
                .update();
        jdbc.sql("vacuum analyze").update();

        assertThat(looksThatAreNot(QueryPlansTest::byAnIndex)).isEmpty();
    }

    @Test
    void plans_made_while_the_tables_were_known_to_be_full_go_by_key() {
        fill();
        jdbc.sql("vacuum analyze").update();

        assertThat(looksThatAreNot(QueryPlansTest::byTheRightKey)).isEmpty();
    }

    @Test
    void nothing_is_planned_anew_for_each_batch() {
        record Planned(boolean once, String sql) {}
        assertThat(JdbcClient.create(context.getBean(DataSource.class))
                        .sql(
                                """
                                select custom_plans = 0, statement from pg_prepared_statements
                                where not from_sql and generic_plans + custom_plans > 0
                                """)
                        .query((row, number) -> new Planned(row.getBoolean(1), row.getString(2)))
                        .list())
                .hasSizeGreaterThanOrEqualTo(12)
                .allMatch(Planned::once);
    }

    @Test
    void a_batch_of_bookings_costs_three_round_trips_and_a_large_one_four() {
        assertThat(fewestRoundTrips(1, 50)).isEqualTo(3);
        assertThat(fewestRoundTrips(51, 150)).isEqualTo(4);

        assertThat(jdbc.sql("select count(*) from reservations where reference = 'one of many'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(5 * 50 + 5 * 150);
    }

    private long fewestRoundTrips(int firstDay, int bookings) {
        List<Long> costs = new ArrayList<>();
        // Before a transaction the pool may ask a connection that was idle whether it is alive; not before each of
        // these.
        for (int times = 0; times < 5; times++) {
            long before = proxy.roundTrips();
            decide(bookings(firstDay, bookings, times));
            costs.add(proxy.roundTrips() - before);
        }
        return Collections.min(costs);
    }

    /** For guests of whom some book twice, on a day each. */
    private List<RequestMessage> bookings(int firstDay, int count, int times) {
        return IntStream.range(0, count)
                .mapToObj(i -> message(new PlaceBooking(
                        restaurant.id(),
                        PARTNER,
                        minutesAfter(EVENING, 24 * 60 * (firstDay + i)),
                        2,
                        null,
                        null,
                        new GuestDetails("Guest", "guest%d-%d@example.com".formatted(times, i % 40), null),
                        "one of many",
                        null,
                        null)))
                .toList();
    }

    /** Of one restaurant, in tables never analyzed: each wrong index would be walked through all of them. */
    private void guestsThatFillMoreThanAPageOfOneIndexAndLessOfAnother() {
        jdbc.sql(
                        """
                        insert into clients (restaurant_id, name, email)
                        select :house, 'Guest', 'regular' || n || '@example.com' from generate_series(1, 250) n
                        """)
                .param("house", restaurant.id())
                .update();
    }

    /** What PostgreSQL prepares by itself for the foreign key of each reservation, and shows to nobody. */
    private void prepareTheCheckOfGuests() {
        new JdbcTemplate(context.getBean(DataSource.class))
                .queryForList(
                        """
                        select 1 from only clients x
                        where restaurant_id operator(pg_catalog.=) ? and id operator(pg_catalog.=) ? for key share of x
                        """,
                        restaurant.id(),
                        1L);
    }

    private void everyKindOfBatch() {
        long house = restaurant.id();
        long known = new ByHand(jdbc).client(house, "Bo Lee", "bo@example.com", null);
        // Longer than any rule allows, so the first look does not show it: the race is lost, and the constraint asked.
        new ByHand(jdbc)
                .take(house, restaurant.table(5), minutesAfter(EVENING, -60 * 24), minutesAfter(EVENING, 60 * 24));
        RequestMessage first = message(aTable(house, EVENING, 2));
        List<RequestMessage> placed = List.of(
                first,
                message(by(new GuestDetails("Ann Lee", "ann@example.com", null), aTable(house, EVENING, 2))),
                message(byClient(known, aTable(house, EVENING, 2))),
                message(table(house, restaurant.table(5), EVENING, 2)));
        decide(placed);
        List<Long> made = jdbc.sql("select id from reservations order by id")
                .query((row, number) -> row.getLong(1))
                .list();
        assertThat(made).hasSize(3);
        decide(Stream.of(
                        withdraw(first),
                        move(house, made.get(1), minutesAfter(EVENING, 300), null, null),
                        status(house, made.get(2), "seated"),
                        block(house, restaurant.table(4), minutesAfter(EVENING, -600), minutesAfter(EVENING, -300)))
                .map(QueryPlansTest::message)
                .toList());
        long blocked = jdbc.sql("select id from table_blocks").query(Long.class).single();
        decide(List.of(message(cancel(house, made.get(1))), message(new UnblockTable(house, PARTNER, blocked)), first));
        assertThat(jdbc.sql("select count(*) from booking_requests where outcome = 'confirmed'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(9);
    }

    private static RequestMessage message(Request asked) {
        return new RequestMessage(RequestId.create(), Fingerprint.of(asked), asked);
    }

    private void decide(List<RequestMessage> batch) {
        context.getBean(DecideBatch.class)
                .decide(batch.stream()
                        .map(message -> new Submitted(message, Instant.now(), null))
                        .toList());
    }

    /** A booking a day at each of a hundred tables, for three hundred days. */
    private void fill() {
        jdbc.sql(
                        """
                        with tables as (
                          insert into dining_tables (restaurant_id, name, capacity)
                          select :house, 'filler ' || n, 4 from generate_series(1, 100) n returning id
                        ), guests as (
                          insert into clients (restaurant_id, name, email)
                          select :house, 'Guest', 'guest' || n || '@example.com' from generate_series(1, 30000) n
                        ), parties as (
                          insert into reservations (restaurant_id, id, starts_at, ends_at, guests, table_id, partner_id, request_id)
                          select :house, nextval('reservation_ids'), s, s + interval '2 hours', 2, t.id, 1, gen_random_uuid()
                          from tables t cross join generate_series(timestamptz '2030-01-01 18:00Z', '2030-10-27', '1 day') s
                          returning restaurant_id, id, table_id, starts_at, ends_at, request_id
                        ), decided as (
                          insert into booking_requests (restaurant_id, id, kind, fingerprint, outcome, reservation_id, event_headers, event_data)
                          select restaurant_id, request_id, 'booking.place', '\\x00', 'confirmed', id, '\\x00', '\\x00' from parties
                        ), painters as (
                          insert into table_blocks (restaurant_id, id, table_id, starts_at, ends_at, partner_id, request_id)
                          select restaurant_id, id, table_id, starts_at, ends_at, 1, request_id from parties
                        )
                        insert into table_occupancy (restaurant_id, table_id, starts_at, ends_at, reservation_id)
                        select restaurant_id, table_id, starts_at, ends_at, id from parties
                        """)
                .param("house", restaurant.id())
                .update();
    }

    /** Of the looks into tables that grow, those that are not as they should be; each with its statement. */
    private List<String> looksThatAreNot(BiPredicate<JsonNode, String> right) {
        JdbcClient worker = JdbcClient.create(context.getBean(DataSource.class));
        record Prepared(String name, String sql, int parameters) {}
        List<Prepared> statements = worker.sql(
                        """
                        select name, statement, cardinality(parameter_types) from pg_prepared_statements
                        where not from_sql and statement ~* '^\\s*(with|select|insert|update|delete)'
                        """)
                .query((row, number) -> new Prepared(row.getString(1), row.getString(2), row.getInt(3)))
                .list();
        assertThat(statements).as("how guests are found or made").anyMatch(one -> one.sql()
                .contains("client_email_taken"));
        List<String> wrong = new ArrayList<>();
        int looks = 0;
        for (Prepared one : statements) {
            String values = one.parameters() == 0
                    ? ""
                    : "(" + String.join(",", Collections.nCopies(one.parameters(), "null")) + ")";
            String plan = worker.sql("explain (format json) execute \"" + one.name() + "\"" + values)
                    .query(String.class)
                    .single();
            List<JsonNode> nodes = new ArrayList<>();
            collect(MessageJson.mapper().readTree(plan).get(0).get("Plan"), nodes);
            for (JsonNode node : nodes) {
                looks++;
                if (!right.test(node, one.sql())) {
                    wrong.add(node.toPrettyString() + "\nof\n" + one.sql());
                }
            }
        }
        // All of the worker's looks: else this would hold for a worker that prepares nothing.
        assertThat(looks).as("looks into tables that grow").isGreaterThanOrEqualTo(12);
        return wrong;
    }

    private static void collect(JsonNode node, List<JsonNode> looks) {
        if (node.has("Relation Name")
                && GROWING.contains(node.get("Relation Name").stringValue())
                && !node.get("Node Type").stringValue().equals("ModifyTable")) {
            looks.add(node);
        }
        if (node.has("Plans")) {
            node.get("Plans").forEach(child -> collect(child, looks));
        }
    }

    /** Neither the table nor the whole of an index is read for one look; the look that every booking takes goes by its own key. */
    private static boolean byAnIndex(JsonNode look, String sql) {
        boolean every = sql.contains("(t.restaurant_id, t.starts_at) >=");
        return look.get("Node Type").stringValue().startsWith("Index")
                && look.has("Index Cond")
                && (!every || look.get("Index Name").stringValue().equals("table_occupancy_pkey"));
    }

    private static boolean byTheRightKey(JsonNode look, String sql) {
        if (!byAnIndex(look, sql)) {
            return false;
        }
        // A restaurant alone is no key: its rows grow with the years.
        boolean wholeKey = look.get("Index Cond").stringValue().contains(" AND ");
        boolean constraint = look.get("Index Name").stringValue().equals("table_taken");
        return wholeKey && constraint == sql.contains("during &&");
    }
}
