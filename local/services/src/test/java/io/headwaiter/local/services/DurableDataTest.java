package io.headwaiter.local.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broker and database on data that outlive them. */
class DurableDataTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void a_broker_started_again_has_its_topics() throws Exception {
        int port = FreePort.find();
        var broker = LocalBroker.start(directory, port);
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                    .all()
                    .get();
        }
        assertThat(broker.stop(PATIENCE)).isTrue();

        broker = LocalBroker.start(directory, port);

        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
            assertThat(admin.listTopics().names().get()).isEqualTo(Set.of("kept"));
        } finally {
            broker.stop(PATIENCE);
        }
    }

    @Test
    void a_database_killed_and_started_again_has_its_rows() throws Exception {
        int port = FreePort.find();
        var database = LocalDatabase.start(directory, port, "secret");
        try (var connection = connect(database, "secret")) {
            connection.createStatement().execute("create table kept as select 42 as answer");
        }
        database.process().kill();

        database = LocalDatabase.start(directory, port, "secret");

        try (var connection = connect(database, "secret");
                var result = connection.createStatement().executeQuery("select answer from kept")) {
            assertThat(result.next()).isTrue();
        } finally {
            assertThat(database.stop(PATIENCE)).isTrue();
        }
    }

    @Test
    void nobody_enters_without_the_password() {
        var database = LocalDatabase.start(directory, FreePort.find(), "secret");
        try {
            assertThatThrownBy(() -> connect(database, "guess")).hasMessageContaining("password authentication failed");
        } finally {
            database.stop(PATIENCE);
        }
    }

    @Test
    void a_taken_port_is_said_with_the_end_of_the_log() {
        int port = FreePort.find();
        var database = LocalDatabase.start(directory.resolve("one"), port, "secret");
        try {
            assertThatThrownBy(() -> LocalDatabase.start(directory.resolve("other"), port, "secret"))
                    .isInstanceOf(DidNotStart.class)
                    .hasMessageContaining("PostgreSQL ended before it was ready")
                    .hasMessageContaining("Address already in use");
        } finally {
            database.stop(PATIENCE);
        }
    }

    private static Connection connect(LocalDatabase database, String password) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl("postgres"), LocalDatabase.SUPERUSER, password);
    }
}
