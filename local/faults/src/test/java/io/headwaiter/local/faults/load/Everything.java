package io.headwaiter.local.faults.load;

import io.headwaiter.local.services.FreePort;
import io.headwaiter.local.services.LocalApp;
import io.headwaiter.local.services.LocalBroker;
import io.headwaiter.local.services.LocalDatabase;
import io.headwaiter.local.services.LocalServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Broker, database, a worker and two gateways, each a process of its own that nothing happens to. */
final class Everything implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final String PASSWORD = "nothing-happens";

    private final Path folder;
    private final LocalBroker broker;
    private final LocalDatabase database;
    private final List<LocalApp> apps = new ArrayList<>();
    private final List<URI> gateways = new ArrayList<>();

    Everything(Path folder) throws IOException {
        this.folder = folder;
        broker = LocalBroker.launch(
                new LocalBroker.Settings(Files.createTempDirectory("faults-broker-"), FreePort.find(), "512m", true));
        database = LocalDatabase.launch(new LocalDatabase.Settings(
                Files.createTempDirectory("faults-postgresql-"), FreePort.find(), PASSWORD, true));
        broker.awaitReady(START_LIMIT);
        database.awaitReady(START_LIMIT);
        int failed = launch("booking-worker", "io.headwaiter.worker.WorkerApplication", "postgres", "migrate")
                .process()
                .onExit()
                .join();
        if (failed != 0) {
            throw new IllegalStateException("migrate failed");
        }
        apps.add(launch("booking-worker", "io.headwaiter.worker.WorkerApplication", "headwaiter_worker"));
        apps.add(launch("gateway", "io.headwaiter.gateway.GatewayApplication", "headwaiter_gateway"));
        apps.add(launch("gateway", "io.headwaiter.gateway.GatewayApplication", "headwaiter_gateway"));
        apps.forEach(app -> app.awaitReady(START_LIMIT));
    }

    private LocalApp launch(String module, String mainClass, String user, String... arguments) throws IOException {
        int port = FreePort.find();
        URI url = URI.create("http://127.0.0.1:" + port + "/");
        if (module.equals("gateway")) {
            gateways.add(url);
        }
        Map<String, String> environment = new TreeMap<>(Map.of(
                "HEADWAITER_KAFKA",
                broker.bootstrapServers(),
                "HEADWAITER_DATABASE_URL",
                database.jdbcUrl("postgres"),
                "HEADWAITER_DATABASE_USER",
                user,
                "HEADWAITER_DATABASE_PASSWORD",
                PASSWORD,
                "HEADWAITER_WORKER_PASSWORD",
                PASSWORD,
                "HEADWAITER_GATEWAY_PASSWORD",
                PASSWORD,
                "HEADWAITER_TOKEN_SECRET",
                "bm90aGluZy1oYXBwZW5zLW5vdGhpbmctaGFwcGVucy1ub3RoaW5n",
                "SERVER_ADDRESS",
                "127.0.0.1",
                "SERVER_PORT",
                Integer.toString(port)));
        Path target = Path.of("..", "..", module, "target");
        return LocalApp.launch(new LocalApp.Settings(
                "The " + module,
                target.resolve("classes").toAbsolutePath()
                        + System.getProperty("path.separator")
                        + Files.readString(target.resolve("run.classpath")).strip(),
                mainClass,
                List.of(arguments),
                "256m",
                environment,
                folder.resolve(module + "-" + port + ".log"),
                List.of(HttpRequest.newBuilder(url.resolve("/actuator/health/readiness"))
                        .build())));
    }

    List<URI> gateways() {
        return gateways;
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    DataSource dataSource() {
        return new DriverManagerDataSource(database.jdbcUrl("postgres"), LocalDatabase.SUPERUSER, PASSWORD);
    }

    @Override
    public void close() {
        List<LocalServer> all = new ArrayList<>(apps);
        all.add(broker);
        all.add(database);
        all.forEach(server -> server.stop(STOP_LIMIT));
    }
}
