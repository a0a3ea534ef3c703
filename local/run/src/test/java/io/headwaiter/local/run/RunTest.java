package io.headwaiter.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.local.services.LocalDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real launcher with the real broker, database, worker and gateway. One story, because a start takes seconds. */
class RunTest {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    @TempDir
    Path directory;

    private Launcher launcher;
    private Process maven;

    @BeforeEach
    void start() throws IOException {
        launcher = launcher("first");
        maven = launcher.start();
        awaitReady();
    }

    @AfterEach
    void stop() {
        maven.descendants().forEach(ProcessHandle::destroyForcibly);
        maven.destroyForcibly();
    }

    @Test
    void bookings_outlive_a_kill_of_maven_and_every_stop_is_in_order() throws Exception {
        the_demo_is_there();
        the_keys_reach_their_restaurants_only();
        a_second_start_on_the_same_data_is_refused();
        execute("update restaurants set name = 'Renamed' where id = 1");

        maven.destroyForcibly();
        awaitAllStoppedInOrder();

        launcher = launcher("again");
        maven = launcher.start();
        awaitReady();
        assertThat(counted("select count(*) from restaurants")).isEqualTo(4);
        assertThat(counted("select count(*) from restaurants where name = 'Renamed'"))
                .isEqualTo(1);

        maven.children().forEach(ProcessHandle::destroy);
        awaitAllStoppedInOrder();
        assertThat(maven.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(maven.exitValue()).isZero();
    }

    private void the_demo_is_there() throws SQLException, IOException {
        assertThat(counted("select count(*) from restaurants")).isEqualTo(4);
        assertThat(counted("select count(*) from dining_tables")).isEqualTo(5 + 20 + 1 + 200);
        assertThat(counted("select nextval(pg_get_serial_sequence('restaurants', 'id'))"))
                .isEqualTo(5);
        assertThat(launcher.output()).contains("fsync on, synchronous_commit on, full_page_writes on");
    }

    private void the_keys_reach_their_restaurants_only() throws Exception {
        assertThat(clients("test-api-key", 1)).isEqualTo(200);
        assertThat(clients("test-api-key", 2)).isEqualTo(404);
        assertThat(clients("other-api-key", 2)).isEqualTo(200);
        assertThat(clients("admin-api-key", 4)).isEqualTo(200);
        assertThat(clients("no-such-key", 1)).isEqualTo(401);
    }

    private void a_second_start_on_the_same_data_is_refused() throws Exception {
        var second = launcher("second");
        Process process = second.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(second.output()).contains("Headwaiter already runs on the data in " + second.data());
    }

    private Launcher launcher(String name) {
        return new Launcher(directory.resolve("data"), directory.resolve(name));
    }

    private void awaitReady() {
        await().atMost(START_LIMIT).until(() -> {
            String output = launcher.output();
            assertThat(maven.isAlive()).as(output).isTrue();
            return output.contains("Headwaiter is ready");
        });
    }

    private void awaitAllStoppedInOrder() throws IOException {
        await().atMost(STOP_LIMIT).until(() -> launcher.output().contains("all has stopped"));
        assertThat(launcher.output())
                .containsSubsequence(
                        "The gateway has stopped",
                        "The worker has stopped",
                        "The Kafka broker has stopped",
                        "PostgreSQL has stopped");
        assertThat(launcher.started()).noneMatch(ProcessHandle::isAlive);
    }

    private int clients(String key, int restaurant) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + launcher.port + "/api/restaurants/" + restaurant + "/clients"))
                .header("Authorization", "Bearer " + key)
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    private int counted(String query) throws SQLException, IOException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            result.next();
            return result.getInt(1);
        }
    }

    private void execute(String sql) throws SQLException, IOException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException, IOException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + launcher.databasePort + "/" + Database.NAME,
                LocalDatabase.SUPERUSER,
                Secrets.of(launcher.data()).databasePassword());
    }
}
