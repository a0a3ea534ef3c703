package io.headwaiter.local.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwaiter.local.services.Services;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In front of a real database. */
class DatabaseProxyTest {

    private final Services services = Services.shared();
    private final String database = services.createDatabase();
    private final DatabaseProxy proxy = DatabaseProxy.to(
            URI.create(services.jdbcUrl(database).substring("jdbc:".length())).getPort());

    @BeforeEach
    void makeTable() throws SQLException {
        try (Connection directly = connect(services.jdbcUrl(database))) {
            directly.createStatement().execute("create table kept (id int)");
        }
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void what_is_cut_before_the_commit_is_not_there() throws Exception {
        CompletableFuture<Void> done = proxy.cutAtNextCommit(Cut.BEFORE);
        try (Connection connection = throughProxy()) {
            insert(connection, 1);
            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        }
        done.get(5, TimeUnit.SECONDS);

        assertThat(kept()).isZero();
    }

    @Test
    void what_is_cut_after_the_commit_is_there_though_its_client_does_not_know() throws Exception {
        try (Connection connection = throughProxy()) {
            // Until the driver runs it by a name.
            for (int times = 0; times < 10; times++) {
                insert(connection, times);
                connection.commit();
            }
            CompletableFuture<Void> done = proxy.cutAtNextCommit(Cut.AFTER);
            insert(connection, 11);
            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
            done.get(5, TimeUnit.SECONDS);
        }

        assertThat(kept()).isEqualTo(11);
    }

    @Test
    void a_commit_that_travels_with_its_statements_is_cut_like_any_other() throws Exception {
        CompletableFuture<Void> before = proxy.cutAtNextCommit(Cut.BEFORE);
        try (Connection connection = throughProxy()) {
            assertThatThrownBy(() -> insertAndCommit(connection, 1)).isInstanceOf(SQLException.class);
        }
        before.get(5, TimeUnit.SECONDS);
        assertThat(kept()).isZero();

        CompletableFuture<Void> after = proxy.cutAtNextCommit(Cut.AFTER);
        try (Connection connection = throughProxy()) {
            // More than the server keeps to itself until it has done all.
            assertThatThrownBy(() -> connection
                            .prepareStatement("insert into kept values (1);\nselect repeat('x', 100000);\ncommit")
                            .execute())
                    .isInstanceOf(SQLException.class);
        }
        after.get(5, TimeUnit.SECONDS);
        assertThat(kept()).isOne();
    }

    @Test
    void a_commit_that_is_skipped_for_an_error_before_it_is_not_the_one_that_is_cut() throws Exception {
        CompletableFuture<Void> done = proxy.cutAtNextCommit(Cut.AFTER);
        try (Connection connection = throughProxy()) {
            assertThatThrownBy(() -> connection
                            .prepareStatement("insert into kept values (1 / 0);\ncommit")
                            .execute())
                    .hasMessageContaining("division by zero");
            connection.rollback();
            assertThatThrownBy(() -> insertAndCommit(connection, 1)).isInstanceOf(SQLException.class);
        }
        done.get(5, TimeUnit.SECONDS);

        assertThat(kept()).isOne();
    }

    @Test
    void each_round_trip_can_be_slow() throws SQLException {
        try (Connection connection = throughProxy()) {
            proxy.delay(Duration.ofMillis(100));
            long before = System.nanoTime();
            insert(connection, 1);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(99));
        }
    }

    @Test
    void it_counts_what_is_executed_and_how_often_its_client_waits() throws SQLException {
        try (Connection connection = throughProxy();
                Statement statement = connection.createStatement()) {
            statement.execute("select 1");
            long statements = proxy.statements();
            long roundTrips = proxy.roundTrips();
            statement.addBatch("insert into kept values (1)");
            statement.addBatch("insert into kept values (2)");
            statement.executeBatch();

            assertThat(proxy.statements() - statements).isEqualTo(2);
            assertThat(proxy.roundTrips() - roundTrips).isEqualTo(1);
        }
    }

    @Test
    void a_transaction_begins_with_its_first_statement_in_one_round_trip() throws SQLException {
        try (Connection connection = throughProxy();
                Statement statement = connection.createStatement()) {
            long statements = proxy.statements();
            long roundTrips = proxy.roundTrips();
            statement.execute("select 1");

            assertThat(proxy.statements() - statements).isEqualTo(2);
            assertThat(proxy.roundTrips() - roundTrips).isEqualTo(1);
        }
    }

    @Test
    void while_the_database_is_away_nobody_gets_through_and_who_was_connected_is_not_any_more() throws SQLException {
        try (Connection connection = throughProxy()) {
            insert(connection, 1);
            proxy.goAway();
            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        }
        assertThatThrownBy(this::throughProxy).isInstanceOf(SQLException.class);

        proxy.comeBack();
        try (Connection connection = throughProxy()) {
            insert(connection, 2);
            connection.commit();
        }
        assertThat(kept()).isEqualTo(1);
    }

    private Connection throughProxy() throws SQLException {
        Connection connection = connect("jdbc:postgresql://127.0.0.1:" + proxy.port() + "/" + database);
        connection.setAutoCommit(false);
        return connection;
    }

    private Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, services.superuser(), services.superuserPassword());
    }

    private static void insert(Connection connection, int id) throws SQLException {
        connection.createStatement().execute("insert into kept values (" + id + ")");
    }

    private static void insertAndCommit(Connection connection, int id) throws SQLException {
        connection
                .prepareStatement("insert into kept values (" + id + ");\ncommit")
                .execute();
    }

    private int kept() throws SQLException {
        try (Connection directly = connect(services.jdbcUrl(database));
                ResultSet count = directly.createStatement().executeQuery("select count(*) from kept")) {
            count.next();
            return count.getInt(1);
        }
    }
}
