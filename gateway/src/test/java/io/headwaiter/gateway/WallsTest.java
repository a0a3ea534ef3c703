package io.headwaiter.gateway;

import static io.headwaiter.gateway.testing.Dates.JANUARY;
import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway's role can do in SQL, whatever the gateway's code would do. */
class WallsTest {

    private static final Headwaiter HEADWAITER = Headwaiter.shared();
    private static final Known RESTAURANT = HEADWAITER.add(aRestaurant().withTables(4));
    private static final Known OTHER = HEADWAITER.add(aRestaurant().withTables(4));

    @BeforeAll
    static void both_have_a_booking_by_a_guest() {
        for (Known restaurant : new Known[] {RESTAURANT, OTHER}) {
            assertThat(HEADWAITER
                            .of(restaurant)
                            .post(
                                    restaurant.reservations(),
                                    "{\"date\":\"" + JANUARY
                                            + "-01T18:00Z\",\"guests\":4,\"client\":{\"name\":\"Ann\",\"email\":\"a@b\"}}")
                            .status())
                    .isEqualTo(201);
        }
    }

    private static Connection asTheGateway(String named) throws SQLException {
        Connection connection =
                DriverManager.getConnection(HEADWAITER.jdbcUrl(), "headwaiter_gateway", Headwaiter.GATEWAY_PASSWORD);
        connection.setAutoCommit(false);
        if (!named.equals("nothing")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("select set_config('headwaiter.restaurant_id', '" + named + "', true)");
            }
        }
        return connection;
    }

    private static long count(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"clients", "reservations", "table_occupancy", "booking_requests", "dining_tables", "restaurants"
            })
    void rows_of_one_restaurant_only_are_seen(String table) throws SQLException {
        try (Connection nothing = asTheGateway("nothing");
                Connection empty = asTheGateway("");
                Connection unknown = asTheGateway("-1");
                Connection one = asTheGateway("" + RESTAURANT.id());
                Connection malformed = asTheGateway("1 or true")) {
            assertThat(count(nothing, table)).isZero();
            assertThat(count(empty, table)).isZero();
            assertThat(count(unknown, table)).isZero();
            assertThat(count(one, table)).isEqualTo(1);
            assertThatThrownBy(() -> count(malformed, table)).hasMessageContaining("invalid input syntax");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into reservations (restaurant_id, id, starts_at, ends_at, guests, table_id, partner_id, request_id) select restaurant_id, 1000000, starts_at, ends_at, guests, table_id, partner_id, request_id from reservations",
                "update reservations set guests = 1",
                "delete from reservations",
                "insert into table_occupancy (restaurant_id, table_id, starts_at, ends_at) select restaurant_id, id, now(), now() + interval '1 hour' from dining_tables",
                "delete from table_occupancy",
                "insert into booking_requests select * from booking_requests",
                "update booking_requests set outcome = 'rejected'",
                "delete from booking_requests",
                "insert into table_blocks (restaurant_id, id, table_id, starts_at, ends_at, partner_id, request_id) select restaurant_id, 1000000, id, now(), now() + interval '1 hour', 1, gen_random_uuid() from dining_tables",
                "delete from table_blocks",
                "delete from restaurants",
                "delete from dining_tables",
                "delete from api_keys",
                "delete from partners",
                "update partners set created_at = now()",
                "update api_keys set scopes = '{platform}'",
                "update api_keys set key_hash = sha256('mine')",
                "update api_key_restaurants set restaurant_id = restaurant_id",
                "delete from api_key_restaurants",
                "update opening_hours set closes = '06:00'",
                "truncate opening_hours",
                "create table mine (id int)",
                "set role headwaiter_worker",
                "select nextval('reservation_ids')"
            })
    void what_the_gateway_never_does_its_role_cannot_do(String statement) throws SQLException {
        try (Connection connection = asTheGateway("" + RESTAURANT.id());
                Statement sql = connection.createStatement()) {
            assertThatThrownBy(() -> sql.execute(statement))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void a_client_cannot_be_written_to_another_restaurant() throws SQLException {
        try (Connection connection = asTheGateway("" + RESTAURANT.id());
                Statement sql = connection.createStatement()) {
            assertThatThrownBy(() ->
                            sql.execute("insert into clients (restaurant_id, name, email) values (%d, 'Mallory', 'm@x')"
                                    .formatted(OTHER.id())))
                    .hasMessageContaining("row-level security");
        }
        try (Connection connection = asTheGateway("" + RESTAURANT.id());
                Statement sql = connection.createStatement()) {
            assertThat(sql.executeUpdate("update clients set name = 'Mallory' where restaurant_id = " + OTHER.id()))
                    .isZero();
            assertThat(sql.executeUpdate("delete from clients where restaurant_id = " + OTHER.id()))
                    .isZero();
        }
    }

    @Test
    void what_one_transaction_names_the_next_on_the_same_connection_does_not_see() throws SQLException {
        try (Connection connection = asTheGateway("" + RESTAURANT.id())) {
            assertThat(count(connection, "clients")).isEqualTo(1);
            connection.commit();
            assertThat(count(connection, "clients")).isZero();
        }
    }

    @Test
    void a_look_at_what_is_taken_uses_the_index_on_starts() throws SQLException {
        try (Connection connection = asTheGateway("" + RESTAURANT.id());
                Statement sql = connection.createStatement()) {
            sql.execute("set local enable_seqscan = off");
            StringBuilder plan = new StringBuilder();
            try (ResultSet rows = sql.executeQuery(
                    "explain select table_id from table_occupancy where restaurant_id = " + RESTAURANT.id()
                            + " and starts_at >= '" + JANUARY + "-01' and starts_at < '" + JANUARY + "-02'")) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            assertThat(plan.toString()).contains("table_occupancy_pkey").containsPattern("Index Cond:.*starts_at");
        }
    }
}
