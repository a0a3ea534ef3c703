package io.headwaiter.gateway.tenancy;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** One connection, as a pool would give it to one caller after the other. */
class OneRestaurantTest {

    private static final Headwaiter HEADWAITER = Headwaiter.shared();
    private static final Known RESTAURANT = HEADWAITER.add(aRestaurant().withTables(4, 4));
    private static final Known OTHER = HEADWAITER.add(aRestaurant().withTables(4));

    private static final String TABLES = "select id from dining_tables order by id";

    private SingleConnectionDataSource connection;
    private JdbcClient jdbc;
    private OneRestaurant restaurants;
    private TransactionTemplate transactions;

    @BeforeEach
    void connect() throws SQLException {
        connect("");
    }

    private void connect(String settings) throws SQLException {
        connection = new SingleConnectionDataSource(
                DriverManager.getConnection(
                        HEADWAITER.jdbcUrl() + "?" + settings, "headwaiter_gateway", Headwaiter.GATEWAY_PASSWORD),
                true);
        jdbc = JdbcClient.create(connection);
        DataSourceTransactionManager manager = new DataSourceTransactionManager(connection);
        transactions = new TransactionTemplate(manager);
        restaurants = new OneRestaurant(jdbc, new NamedParameterJdbcTemplate(connection), manager);
    }

    @AfterEach
    void disconnect() {
        connection.destroy();
    }

    private List<Long> ask(Known restaurant, String query) {
        return restaurants.ask(restaurant.id(), query, Map.of(), OneRestaurantTest::longs);
    }

    private static List<Long> longs(ResultSet rows) throws SQLException {
        List<Long> values = new ArrayList<>();
        while (rows.next()) {
            values.add(rows.getLong(1));
        }
        return values;
    }

    /** As whoever gets the connection next would find it. */
    private void assertNothingIsLeftBehind() throws SQLException {
        assertThat(connection.getConnection().getAutoCommit()).isTrue();
        assertThat(jdbc.sql("select count(*) from dining_tables")
                        .query(Long.class)
                        .single())
                .as("rows that are seen without a restaurant")
                .isZero();
        assertThat(jdbc.sql("select coalesce(current_setting('headwaiter.restaurant_id', true), '')")
                        .query(String.class)
                        .single())
                .isEmpty();
        assertThat(jdbc.sql("show transaction_read_only").query(String.class).single())
                .isEqualTo("off");
        assertThat(connection.getConnection().unwrap(BaseConnection.class).getTransactionState())
                .as("what the server said last")
                .isEqualTo(TransactionState.IDLE);
    }

    @Test
    void an_answer_is_about_one_restaurant_and_leaves_nothing_behind() throws SQLException {
        // Often enough for the driver and the server to prepare the statements, which changes what they send each
        // other.
        for (int i = 0; i < 12; i++) {
            assertThat(ask(RESTAURANT, TABLES)).isEqualTo(RESTAURANT.added().tables());
            assertNothingIsLeftBehind();
            assertThat(ask(OTHER, TABLES)).isEqualTo(OTHER.added().tables());
            assertNothingIsLeftBehind();
        }
    }

    @Test
    void an_error_leaves_nothing_behind() throws SQLException {
        for (int i = 0; i < 12; i++) {
            assertThatThrownBy(() -> ask(RESTAURANT, "select 1 / (id - id) from dining_tables"))
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("division by zero");
            assertNothingIsLeftBehind();
        }
        assertThat(ask(RESTAURANT, TABLES)).hasSize(2);
    }

    @Test
    void a_question_is_one_round_trip_and_begins_no_transaction() {
        for (int i = 0; i < 12; i++) {
            try (MessagesSent sent = new MessagesSent()) {
                restaurants.ask(
                        RESTAURANT.id(),
                        "select id, name from dining_tables where cast(:now as timestamptz) is not null and name <> :name",
                        Map.of("now", OffsetDateTime.now(), "name", "none"),
                        OneRestaurantTest::longs);
                assertThat(sent.roundTrips()).isEqualTo(1);
                assertThat(sent.beginATransaction()).isFalse();
            }
        }
        try (MessagesSent sent = new MessagesSent()) {
            restaurants.read(
                    RESTAURANT.id(),
                    within -> within.sql(TABLES).query(Long.class).list());
            assertThat(sent.roundTrips()).as("what it would take else").isEqualTo(3);
            assertThat(sent.beginATransaction()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prepareThreshold=1",
                "prepareThreshold=-1",
                "prepareThreshold=0",
                "binaryTransfer=false",
                "defaultRowFetchSize=1",
                "autosave=always",
                "preferQueryMode=extendedForPrepared",
                "preferQueryMode=extendedCacheEverything"
            })
    void an_answer_does_not_depend_on_how_the_driver_sends_its_question(String settings) throws SQLException {
        disconnect();
        connect(settings);

        an_answer_is_about_one_restaurant_and_leaves_nothing_behind();
        an_error_leaves_nothing_behind();
    }

    @Test
    void a_driver_that_sends_each_statement_by_itself_gets_no_answer() throws SQLException {
        disconnect();
        connect("preferQueryMode=simple");

        assertThatThrownBy(() -> ask(RESTAURANT, TABLES)).isInstanceOf(IllegalStateException.class);
        assertNothingIsLeftBehind();
    }

    @Test
    void an_answer_that_the_driver_took_several_transactions_for_is_no_answer() throws SQLException {
        // The driver leaves this parameter's type to the server, and asks for it once it thinks it worth while.
        Map<String, ?> parameters = Map.of("at", Timestamp.from(Instant.now()));
        int refused = 0;
        for (int i = 0; i < 12; i++) {
            try {
                assertThat(restaurants.<List<Long>>ask(
                                RESTAURANT.id(),
                                "select id, name from dining_tables where cast(:at as timestamptz) is not null order by id",
                                parameters,
                                OneRestaurantTest::longs))
                        .isEqualTo(RESTAURANT.added().tables());
            } catch (IllegalStateException several) {
                refused++;
            }
            assertNothingIsLeftBehind();
        }
        assertThat(refused).isPositive();
    }

    @Test
    void a_question_changes_nothing() throws SQLException {
        assertThatThrownBy(() -> ask(RESTAURANT, "delete from turn_times returning party_up_to"))
                .hasMessageContaining("read-only transaction");
        assertNothingIsLeftBehind();
        assertThat(HEADWAITER.rows("turn_times", RESTAURANT)).isEqualTo(2);
    }

    @Test
    void no_question_is_asked_within_a_transaction() {
        transactions.executeWithoutResult(status -> {
            assertThatThrownBy(() -> ask(RESTAURANT, TABLES)).isInstanceOf(IllegalStateException.class);
            assertThat(jdbc.sql(TABLES).query(Long.class).list()).isEmpty();
        });
    }

    @Test
    void an_answer_for_which_the_transaction_was_ended_midway_is_no_answer() {
        assertThatThrownBy(() -> ask(RESTAURANT, TABLES + "; commit; select 1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not set any more");
        assertThatThrownBy(() -> ask(RESTAURANT, "commit; " + TABLES)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void a_server_that_hangs_up_is_away_and_not_wrong() {
        jdbc.sql("set transaction_timeout = '100ms'").update();

        assertThatThrownBy(() -> ask(RESTAURANT, "select 1 from pg_sleep(20)"))
                .isInstanceOf(DataAccessResourceFailureException.class);
    }
}
