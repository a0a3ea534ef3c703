package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.EVENING;
import static io.headwaiter.worker.testing.Asking.aTable;
import static io.headwaiter.worker.testing.Asking.by;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.GuestDetails;
import io.headwaiter.worker.testing.ByHand;
import io.headwaiter.worker.testing.RunningWorker;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the apps' roles cannot do, whatever the apps are made to ask for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WallsTest {

    private static final List<String> TENANT_TABLES = List.of(
            "restaurants",
            "turn_times",
            "opening_hours",
            "special_days",
            "special_hours",
            "dining_tables",
            "clients",
            "reservations",
            "table_occupancy",
            "booking_requests");

    private final RunningWorker worker = RunningWorker.shared();
    private final HikariDataSource gatewayPool = pool("headwaiter_gateway", RunningWorker.GATEWAY_PASSWORD);
    private final JdbcClient gateway = JdbcClient.create(gatewayPool);
    private final HikariDataSource workerPool = pool("headwaiter_worker", RunningWorker.WORKER_PASSWORD);
    private final JdbcClient asWorker = JdbcClient.create(workerPool);
    private final ARestaurant.Added one = withABooking();
    private final ARestaurant.Added other = withABooking();

    @AfterAll
    void close() {
        gatewayPool.close();
        workerPool.close();
    }

    @Test
    void each_role_can_do_what_its_app_does_and_nothing_else() {
        assertThat(rightsOf("headwaiter_gateway"))
                .isEqualTo(new TreeMap<>(Map.ofEntries(
                        Map.entry("restaurants", "INSERT SELECT UPDATE"),
                        Map.entry("turn_times", "DELETE INSERT SELECT"),
                        Map.entry("opening_hours", "DELETE INSERT SELECT"),
                        Map.entry("special_days", "DELETE INSERT SELECT"),
                        Map.entry("special_hours", "INSERT SELECT"),
                        Map.entry("dining_tables", "INSERT SELECT UPDATE"),
                        Map.entry("clients", "DELETE INSERT SELECT UPDATE"),
                        Map.entry("reservations", "SELECT"),
                        Map.entry("table_blocks", "SELECT"),
                        Map.entry("table_occupancy", "SELECT"),
                        Map.entry("booking_requests", "SELECT"),
                        Map.entry("past_reservations", "SELECT"),
                        Map.entry("past_booking_requests", "SELECT"),
                        Map.entry("all_reservations", "SELECT"),
                        Map.entry("all_booking_requests", "SELECT"),
                        Map.entry("partners", "INSERT SELECT"),
                        Map.entry("api_keys", "INSERT SELECT"),
                        Map.entry("api_key_restaurants", "INSERT SELECT"),
                        Map.entry("webhook_endpoints", "DELETE INSERT SELECT UPDATE"),
                        Map.entry("webhook_endpoint_restaurants", "DELETE INSERT SELECT UPDATE"),
                        Map.entry("webhook_replays", "DELETE INSERT SELECT UPDATE"),
                        Map.entry("webhook_deliveries", "DELETE INSERT SELECT UPDATE"),
                        Map.entry("scheduled_tasks", "DELETE INSERT SELECT UPDATE"))));
        assertThat(rightsOf("headwaiter_worker"))
                .isEqualTo(new TreeMap<>(Map.ofEntries(
                        Map.entry("restaurants", "SELECT"),
                        Map.entry("turn_times", "SELECT"),
                        Map.entry("opening_hours", "SELECT"),
                        Map.entry("special_days", "SELECT"),
                        Map.entry("special_hours", "SELECT"),
                        Map.entry("dining_tables", "SELECT"),
                        Map.entry("clients", "INSERT SELECT"),
                        Map.entry("reservations", "INSERT SELECT UPDATE"),
                        Map.entry("table_blocks", "DELETE INSERT SELECT UPDATE"),
                        Map.entry("table_occupancy", "DELETE INSERT SELECT"),
                        Map.entry("booking_requests", "INSERT SELECT"),
                        Map.entry("past_reservations", "SELECT"))));
    }

    @Test
    void the_database_refuses_what_is_not_the_apps_to_do() {
        denied(asWorker, "select * from api_keys");
        denied(asWorker, "select * from api_key_restaurants");
        denied(asWorker, "select * from partners");
        denied(asWorker, "select * from webhook_endpoints");
        denied(asWorker, "select * from webhook_deliveries");
        denied(asWorker, "insert into partners (name) values ('mine')");
        denied(asWorker, "update api_keys set expires_at = null");
        denied(asWorker, "delete from api_key_restaurants");
        denied(asWorker, "update restaurants set buffer_minutes = 0");
        denied(asWorker, "insert into dining_tables (restaurant_id, name, capacity) values (1, 'mine', 4)");
        denied(asWorker, "delete from opening_hours");
        denied(asWorker, "delete from reservations");
        denied(asWorker, "insert into past_reservations (restaurant_id) values (1)");
        denied(asWorker, "update past_reservations set status = 'cancelled'");
        denied(asWorker, "select * from past_booking_requests");
        denied(asWorker, "update booking_requests set outcome = 'confirmed'");
        denied(asWorker, "create table mine (id int)");
        denied(gateway, "insert into reservations (restaurant_id) values (1)");
        denied(gateway, "insert into table_occupancy (restaurant_id) values (1)");
        denied(gateway, "insert into booking_requests (restaurant_id) values (1)");
        denied(gateway, "delete from table_occupancy");
        denied(gateway, "delete from past_reservations");
        denied(gateway, "update past_reservations set notes = null");
        denied(gateway, "delete from past_booking_requests");
        denied(gateway, "insert into table_blocks (restaurant_id) values (1)");
        denied(gateway, "delete from table_blocks");
        denied(gateway, "delete from restaurants");
        denied(gateway, "delete from dining_tables");
        denied(gateway, "delete from api_keys");
        denied(gateway, "delete from partners");
        denied(gateway, "update api_keys set scopes = '{platform}'");
        denied(gateway, "update api_keys set key_hash = sha256('mine')");
        denied(gateway, "delete from api_key_restaurants");
        denied(gateway, "create table mine (id int)");
        denied(gateway, "set role headwaiter_worker");
        denied(gateway, "alter table clients disable row level security");
    }

    @Test
    void the_roles_own_no_table_and_bypass_no_wall() {
        assertThat(worker.jdbc()
                        .sql(
                                """
                                select rolname from pg_roles where rolname like 'headwaiter%' and
                                  (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
                                union all
                                select relname from pg_class join pg_roles r on r.oid = relowner where rolname like 'headwaiter%'
                                union all
                                select 'floor_plans can log in' from pg_roles where rolname = 'headwaiter_floor_plans' and rolcanlogin
                                union all
                                select relname from pg_class
                                where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
                                  and not (relrowsecurity and relforcerowsecurity)
                                  and relname not in ('partners', 'api_keys', 'api_key_restaurants', 'flyway_schema_history',
                                    -- A partner's, and none of one restaurant: the gateway that sends serves all of them. They hold
                                    -- ids and no personal data, and whoever answers callers names the partner in each statement.
                                    'webhook_endpoints', 'webhook_endpoint_restaurants', 'webhook_replays', 'webhook_deliveries',
                                    'scheduled_tasks')
                                """)
                        .query(String.class)
                        .list())
                .isEmpty();
    }

    @Test
    void a_transaction_that_names_no_restaurant_sees_none() {
        for (String table : TENANT_TABLES) {
            assertThat(count(gateway, table)).as(table).isZero();
            assertThat(naming("", () -> count(gateway, table))).as(table).isZero();
        }
    }

    @Test
    void a_transaction_sees_the_restaurant_it_names_and_no_other() {
        for (String table : TENANT_TABLES) {
            String column = table.equals("restaurants") ? "id" : "restaurant_id";
            assertThat(naming(Long.toString(one.id()), () -> gateway.sql("select distinct " + column + " from " + table)
                            .query(Long.class)
                            .list()))
                    .as(table)
                    .containsExactly(one.id());
            assertThat(naming("999999999", () -> count(gateway, table)))
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void what_names_no_number_is_an_error() {
        for (String nonsense : List.of("one", "1; drop table clients", "1,2", "NaN")) {
            assertThatThrownBy(() -> naming(nonsense, () -> count(gateway, "clients")))
                    .as(nonsense)
                    .hasMessageContaining("bigint");
        }
    }

    @Test
    void the_name_is_forgotten_with_its_transaction_though_the_connection_is_used_again() {
        assertThat(naming(Long.toString(one.id()), () -> count(gateway, "clients")))
                .isPositive();

        // The pool has this one connection.
        assertThat(count(gateway, "clients")).isZero();
        assertThat(gateway.sql("select coalesce(current_setting('headwaiter.restaurant_id', true), '')")
                        .query(String.class)
                        .single())
                .isEmpty();
    }

    @Test
    void nobody_writes_a_guest_into_another_restaurant() {
        assertThatThrownBy(() -> naming(Long.toString(one.id()), () -> gateway.sql(
                                "insert into clients (restaurant_id, name, email) values (?, 'Ann', 'walls@example.com')")
                        .param(other.id())
                        .update()))
                .rootCause()
                .hasMessageContaining("row-level security");
        assertThat(naming(Long.toString(one.id()), () -> gateway.sql(
                                "update clients set name = 'Eve' where restaurant_id = ?")
                        .param(other.id())
                        .update()))
                .isZero();
    }

    @Test
    void nobody_writes_a_rule_or_a_table_into_another_restaurant() {
        for (String insert : List.of(
                "insert into restaurants (id, name, time_zone) values (? + 1000000, 'Mine', 'UTC')",
                "insert into turn_times (restaurant_id, party_up_to, minutes) values (?, 19, 30)",
                "insert into opening_hours (restaurant_id, weekday, opens, closes) values (?, 1, '05:00', '06:00')",
                "insert into special_days (restaurant_id, day) values (?, '2027-12-25')",
                "insert into special_hours (restaurant_id, day, opens, closes) values (?, '2027-12-25', '05:00', '06:00')",
                "insert into dining_tables (restaurant_id, name, capacity) values (?, 'Mine', 4)")) {
            assertThatThrownBy(() -> naming(
                            Long.toString(one.id()),
                            () -> gateway.sql(insert).param(other.id()).update()))
                    .as(insert)
                    .rootCause()
                    .hasMessageContaining("row-level security");
        }
        for (String change : List.of(
                "update restaurants set name = 'Mine' where id = ?",
                "delete from turn_times where restaurant_id = ?",
                "delete from opening_hours where restaurant_id = ?",
                "delete from special_days where restaurant_id = ?",
                "update dining_tables set capacity = 20 where restaurant_id = ?")) {
            assertThat(naming(
                            Long.toString(one.id()),
                            () -> gateway.sql(change).param(other.id()).update()))
                    .as(change)
                    .isZero();
        }
    }

    @Test
    void nobody_moves_a_table_to_another_restaurant() {
        assertThatThrownBy(() -> naming(Long.toString(one.id()), () -> gateway.sql(
                                "update dining_tables set restaurant_id = ? where id = ?")
                        .param(other.id())
                        .param(one.table(0))
                        .update()))
                .rootCause()
                .hasMessageContaining("row-level security");
    }

    @Test
    void a_reservation_cannot_point_at_another_restaurants_table_or_guest() {
        Function<String, String> move = set -> "update reservations set " + set + " where restaurant_id = " + one.id();
        long guest = new ByHand(worker.jdbc()).client(other.id(), "Eve Lee", "eve@example.com", null);

        assertThatThrownBy(() -> worker.execute(move.apply("table_id = " + other.table(0))))
                .hasMessageContaining("foreign key");
        assertThatThrownBy(() -> worker.execute(move.apply("client_id = " + guest)))
                .hasMessageContaining("client_unknown");
        assertThatThrownBy(() -> worker.execute("update table_occupancy set table_id = " + other.table(0)
                        + " where restaurant_id = " + one.id()))
                .hasMessageContaining("foreign key");
    }

    @Test
    void the_roles_settings_hold_for_their_logins() {
        assertThat(show(asWorker, "deadlock_timeout")).isEqualTo("100ms");
        assertThat(show(asWorker, "transaction_timeout")).isEqualTo("5s");
        assertThat(show(asWorker, "enable_seqscan")).isEqualTo("off");
        assertThat(show(gateway, "transaction_timeout")).isEqualTo("10s");
    }

    private static String show(JdbcClient jdbc, String setting) {
        return jdbc.sql("show " + setting).query(String.class).single();
    }

    private static int count(JdbcClient jdbc, String table) {
        return jdbc.sql("select count(*) from " + table).query(Integer.class).single();
    }

    private <T> T naming(String restaurant, Supplier<T> query) {
        TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(gatewayPool));
        return Objects.requireNonNull(transaction.execute(status -> {
            gateway.sql("select set_config('headwaiter.restaurant_id', ?, true)")
                    .param(restaurant)
                    .query(String.class)
                    .single();
            return query.get();
        }));
    }

    private static void denied(JdbcClient jdbc, String sql) {
        assertThatThrownBy(() -> jdbc.sql(sql).update())
                .as(sql)
                .rootCause()
                .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }

    private Map<String, String> rightsOf(String role) {
        Map<String, String> rights = new TreeMap<>();
        worker.jdbc()
                .sql(
                        """
                        select c.relname, p.name from pg_class c,
                          unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) as p(name)
                        where c.relkind in ('r', 'p', 'v') and c.relnamespace = 'public'::regnamespace and has_table_privilege(:role, c.oid, p.name)
                        """)
                .param("role", role)
                .query(row -> {
                    rights.merge(row.getString(1), row.getString(2), (some, more) -> {
                        Set<String> all = new TreeSet<>(List.of(some.split(" ")));
                        all.add(more);
                        return String.join(" ", all);
                    });
                });
        return rights;
    }

    private ARestaurant.Added withABooking() {
        ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(4));
        worker.execute(
                "insert into special_days (restaurant_id, day) values (%d, '2027-12-24')".formatted(restaurant.id()));
        worker.execute(
                "insert into special_hours (restaurant_id, day, opens, closes) values (%d, '2027-12-24', '10:00', '12:00')"
                        .formatted(restaurant.id()));
        worker.events.confirmed(worker.place(
                by(new GuestDetails("Ann Lee", "ann@example.com", null), aTable(restaurant.id(), EVENING, 2))));
        return restaurant;
    }

    private HikariDataSource pool(String role, String password) {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(worker.databaseAs(role, password));
        pool.setMaximumPoolSize(1);
        return pool;
    }
}
