package io.headwaiter.local.benchmark;

import io.headwaiter.local.services.FreePort;
import io.headwaiter.local.services.LocalApp;
import io.headwaiter.local.services.LocalBroker;
import io.headwaiter.local.services.LocalDatabase;
import io.headwaiter.local.services.LocalServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The processes that are measured: broker and database from the start to the end, worker and gateway when they are needed. */
final class Stage implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final String HOST = "127.0.0.1";
    private static final String PASSWORD = "benchmark";
    private static final String TOKEN_SECRET = "YmVuY2htYXJrLWJlbmNobWFyay1iZW5jaG1hcmstYmVuY2htYXJr";

    private enum Program {
        MIGRATE("booking-worker", "io.headwaiter.worker.WorkerApplication", "migrate"),
        WORKER("booking-worker", "io.headwaiter.worker.WorkerApplication"),
        GATEWAY("gateway", "io.headwaiter.gateway.GatewayApplication");

        private final String module;
        private final String mainClass;
        private final List<String> arguments;

        Program(String module, String mainClass, String... arguments) {
            this.module = module;
            this.mainClass = mainClass;
            this.arguments = List.of(arguments);
        }
    }

    private final Settings settings;
    private final LocalBroker broker;
    private final LocalDatabase database;
    private final int workerPort = FreePort.find();
    private final int gatewayPort = FreePort.find();

    private Stage(Settings settings, LocalBroker broker, LocalDatabase database) {
        this.settings = settings;
        this.broker = broker;
        this.database = database;
    }

    /** Returns when broker and database are up and migrated. Their data are deleted when this JVM ends, however it ends. */
    static Stage set(Settings settings) {
        Progress.say("starting PostgreSQL and the broker");
        LocalBroker broker = LocalBroker.launch(
                new LocalBroker.Settings(throwawayFolder("broker"), FreePort.find(), Settings.HEAP, true));
        LocalDatabase database = LocalDatabase.launch(
                new LocalDatabase.Settings(throwawayFolder("postgresql"), FreePort.find(), PASSWORD, true));
        broker.awaitReady(START_LIMIT);
        database.awaitReady(START_LIMIT);
        Stage stage = new Stage(settings, broker, database);
        stage.migrate();
        return stage;
    }

    private void migrate() {
        LocalApp migrate = launch(Program.MIGRATE, LocalDatabase.SUPERUSER, workerPort, "");
        if (migrate.process().onExit().join() != 0) {
            throw new IllegalStateException("migrate failed; see " + migrate.log());
        }
    }

    /** Returns at once. */
    LocalApp launchWorker() {
        return launch(Program.WORKER, "headwaiter_worker", workerPort, settings.workerOptions());
    }

    /** Returns at once. */
    LocalApp launchGateway() {
        return launchGateway("");
    }

    /** Returns at once. @param options more options for its JVM */
    LocalApp launchGateway(String options) {
        return launch(Program.GATEWAY, "headwaiter_gateway", gatewayPort, options);
    }

    static void awaitReady(LocalServer server) {
        server.awaitReady(START_LIMIT);
    }

    static void stop(LocalServer server) {
        server.stop(STOP_LIMIT);
    }

    private LocalApp launch(Program program, String user, int port, String options) {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "HEADWAITER_KAFKA", bootstrapServers(),
                "HEADWAITER_DATABASE_URL", database.jdbcUrl("postgres"),
                "HEADWAITER_DATABASE_USER", user,
                "HEADWAITER_DATABASE_PASSWORD", PASSWORD,
                "HEADWAITER_WORKER_PASSWORD", PASSWORD,
                "HEADWAITER_GATEWAY_PASSWORD", PASSWORD,
                "HEADWAITER_TOKEN_SECRET", TOKEN_SECRET,
                "SERVER_ADDRESS", HOST,
                "SERVER_PORT", Integer.toString(port)));
        // All callers have the one key.
        environment.put("HEADWAITER_RATE_LIMIT", "1000000");
        environment.put("HEADWAITER_RATE_BURST", "1000000");
        // The partners' servers are on this machine, too.
        environment.put("HEADWAITER_GATEWAY_WEBHOOKSLOCAL", "true");
        if (!options.isBlank()) {
            environment.put("JAVA_TOOL_OPTIONS", options);
        }
        String name = program.name().toLowerCase(Locale.ROOT);
        return LocalApp.launch(new LocalApp.Settings(
                "The " + name,
                classPath(program.module),
                program.mainClass,
                program.arguments,
                Settings.HEAP,
                environment,
                settings.logs().resolve(name + ".log"),
                // The second is for the gateway, which is ready before it has read its keys. Of which this is none.
                List.of(get(port, "/actuator/health/readiness"), get(port, "/api/restaurants/1/clients"))));
    }

    private static HttpRequest get(int port, String path) {
        return HttpRequest.newBuilder(url(port).resolve(path))
                .header("Authorization", "Bearer nobody")
                .build();
    }

    private String classPath(String module) {
        return LocalApp.classPath(settings.project(), module)
                .orElseThrow(() -> new IllegalStateException(module + " is not built: start with ./mvnw -Pbench"));
    }

    private static Path throwawayFolder(String name) {
        try {
            return Files.createTempDirectory("headwaiter-benchmark-" + name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Settings settings() {
        return settings;
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    URI workerUrl() {
        return url(workerPort);
    }

    URI gatewayUrl() {
        return url(gatewayPort);
    }

    private static URI url(int port) {
        return URI.create("http://" + HOST + ":" + port + "/");
    }

    /** As the database's superuser, whom no wall stops. */
    DataSource dataSource() {
        return new DriverManagerDataSource(database.jdbcUrl("postgres"), LocalDatabase.SUPERUSER, PASSWORD);
    }

    JdbcClient jdbc() {
        return JdbcClient.create(dataSource());
    }

    long brokerPid() {
        return broker.pid();
    }

    long databasePid() {
        return database.pid();
    }

    @Override
    public void close() {
        broker.stop(STOP_LIMIT);
        database.stop(STOP_LIMIT);
    }
}
