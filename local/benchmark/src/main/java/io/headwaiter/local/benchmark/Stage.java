package io.headwaiter.local.benchmark;

import io.headwaiter.local.proxy.DatabaseProxy;
import io.headwaiter.local.services.AotCache;
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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The processes that are measured: broker and database from the start to the end, worker and gateway when they are needed. */
final class Stage implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /** As the images have it; and the rival, so that nobody is ahead by it. */
    static final String COLLECTOR = "-XX:+UseParallelGC";

    /** As the gateway's image has it: what thousands hold who only wait is old, and must fit there. */
    static final String GENERATIONS = "-XX:NewRatio=6";

    private static final String HOST = "127.0.0.1";
    private static final String PASSWORD = "benchmark";
    private static final String TOKEN_SECRET = "YmVuY2htYXJrLWJlbmNobWFyay1iZW5jaG1hcmstYmVuY2htYXJr";

    /** The database that all others are made of. Nobody books in it. */
    private static final String MIGRATED = "headwaiter";

    private static final String MAINTENANCE = "postgres";

    private enum Program {
        MIGRATE("booking-worker", "io.headwaiter.worker.WorkerApplication", "migrate"),
        RETIRE("booking-worker", "io.headwaiter.worker.WorkerApplication", "retire"),
        WORKER("booking-worker", "io.headwaiter.worker.WorkerApplication"),
        GATEWAY("gateway", "io.headwaiter.gateway.GatewayApplication"),
        SYNCHRONOUS("", "io.headwaiter.local.benchmark.rivals.SynchronousApplication");

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
    private final int synchronousPort = FreePort.find();
    private final int databasePort;
    private int applicationsPort;
    private String current = MIGRATED;
    private String kept = "";
    private int databases;

    private Stage(Settings settings, LocalBroker broker, LocalDatabase database, int databasePort) {
        this.settings = settings;
        this.broker = broker;
        this.database = database;
        this.databasePort = databasePort;
        this.applicationsPort = databasePort;
    }

    /** Returns when broker and database are up and migrated. Their data are deleted when this JVM ends, however it ends. */
    static Stage set(Settings settings) {
        Progress.say("starting PostgreSQL and the broker");
        settings.clearFolder();
        LocalBroker broker = LocalBroker.launch(
                new LocalBroker.Settings(throwawayFolder("broker"), FreePort.find(), Settings.BROKER_HEAP, true)
                        .longRunning());
        int port = FreePort.find();
        List<String> databaseOptions = Stream.concat(Stream.of("min_wal_size=1GB"), settings.databaseOptions().stream())
                .toList();
        LocalDatabase database = LocalDatabase.launch(
                new LocalDatabase.Settings(throwawayFolder("postgresql"), port, PASSWORD, true, databaseOptions));
        broker.awaitReady(START_LIMIT);
        database.awaitReady(START_LIMIT);
        Stage stage = new Stage(settings, broker, database, port);
        stage.fillLog();
        stage.maintenance().sql("create database " + MIGRATED).update();
        stage.migrate();
        stage.addRival();
        return stage;
    }

    /**
     * A server that has been at work has the files of its log, and uses them again. A new one makes one for every 16 MB, and
     * whoever commits at that moment waits 60 ms for it.
     */
    private void fillLog() {
        JdbcClient jdbc = maintenance();
        jdbc.sql(
                        "select pg_logical_emit_message(false, 'fill', repeat('x', 1024 * 1024)) from generate_series(1, 1024)")
                .query()
                .listOfRows();
        jdbc.sql("checkpoint").update();
    }

    private void migrate() {
        LocalApp migrate = launch(Program.MIGRATE, LocalDatabase.SUPERUSER, workerPort, List.of(), Map.of());
        if (migrate.process().onExit().join() != 0) {
            throw new IllegalStateException("migrate failed; see " + migrate.log());
        }
    }

    /** Moves what is long over to the past, as fast as it can. */
    void retire() {
        LocalApp retire = launch(
                Program.RETIRE,
                LocalDatabase.SUPERUSER,
                workerPort,
                List.of(),
                Map.of("HEADWAITER_RETIRE_PAUSE", "0ms"));
        if (retire.process().onExit().join() != 0) {
            throw new IllegalStateException("retire failed; see " + retire.log());
        }
    }

    /** A role that no policy holds up, and that plans as the worker's does: by keys. */
    private void addRival() {
        JdbcClient jdbc = jdbc();
        jdbc.sql("create role synchronous login bypassrls password '" + PASSWORD + "'")
                .update();
        for (String setting : List.of(
                "deadlock_timeout = '100ms'",
                "enable_seqscan = off",
                "enable_hashjoin = off",
                "enable_mergejoin = off",
                "enable_bitmapscan = off",
                "jit = off",
                // Planned once, not again with each booking's values: they change nothing.
                "plan_cache_mode = force_generic_plan")) {
            jdbc.sql("alter role synchronous set " + setting).update();
        }
        jdbc.sql("grant usage on schema public to synchronous").update();
        jdbc.sql("grant select, insert, update, delete on all tables in schema public to synchronous")
                .update();
        jdbc.sql("grant usage on all sequences in schema public to synchronous").update();
        jdbc.sql("grant execute on all functions in schema public to synchronous")
                .update();
    }

    /** Nobody has booked anything, and nothing waits in the topic. The database before it is gone. */
    void freshDatabase() {
        if (!current.equals(MIGRATED) && !current.equals(kept)) {
            maintenance().sql("drop database " + current + " with (force)").update();
        }
        current = "round_" + ++databases;
        maintenance()
                .sql("create database " + current + " template " + MIGRATED)
                .update();
        forgetRequests();
    }

    /** This one stays, for {@link #returnToKept}. */
    void keepDatabase() {
        kept = current;
    }

    void returnToKept() {
        if (!current.equals(kept)) {
            freshDatabase();
            maintenance().sql("drop database " + current).update();
            current = kept;
        }
    }

    /** What an earlier round may have left undecided is none of the next one's. */
    private void forgetRequests() {
        try (RequestsLag lag = new RequestsLag(admin())) {
            lag.forget();
        }
    }

    /** Returns when nothing waits, or nothing more is decided. @return how many wait then */
    long awaitDecided() {
        try (RequestsLag lag = new RequestsLag(admin())) {
            return lag.awaitNone();
        }
    }

    Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
    }

    /** Returns at once. */
    LocalApp launchWorker() {
        return launchWorker(List.of(), Map.of());
    }

    /** Returns at once. @param options more options for its JVM */
    LocalApp launchWorker(List<String> options) {
        return launchWorker(options, Map.of());
    }

    /** Returns at once. @param environment besides what every worker has */
    LocalApp launchWorker(Map<String, String> environment) {
        return launchWorker(List.of(), environment);
    }

    private LocalApp launchWorker(List<String> options, Map<String, String> environment) {
        return launch(
                Program.WORKER,
                "headwaiter_worker",
                workerPort,
                together(settings.workerOptions(), options),
                environment);
    }

    /** Returns at once. @param number from 1; only the first is asked anything over HTTP */
    LocalApp launchWorker(int number) {
        return launchWorker(number == 1 ? Map.of() : Map.of("SERVER_PORT", Integer.toString(FreePort.find())));
    }

    /** Returns at once. */
    LocalApp launchGateway() {
        return launchGateway(List.of());
    }

    /** Returns at once. @param options more options for its JVM */
    LocalApp launchGateway(List<String> options) {
        return launch(
                Program.GATEWAY,
                "headwaiter_gateway",
                gatewayPort,
                together(GENERATIONS + " " + settings.gatewayOptions(), options),
                Map.of());
    }

    private static List<String> together(String always, List<String> now) {
        return Stream.concat(Arrays.stream(always.split(" ")).filter(option -> !option.isBlank()), now.stream())
                .toList();
    }

    /** Returns at once. */
    LocalApp launchSynchronous() {
        return launch(Program.SYNCHRONOUS, "synchronous", synchronousPort, List.of(), Map.of());
    }

    static void awaitReady(LocalServer server) {
        server.awaitReady(START_LIMIT);
    }

    static void stop(LocalServer server) {
        server.stop(STOP_LIMIT);
    }

    private LocalApp launch(Program program, String user, int port, List<String> options, Map<String, String> more) {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "HEADWAITER_KAFKA", bootstrapServers(),
                "HEADWAITER_DATABASE_URL", applicationsUrl(),
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
        environment.putAll(more);
        String name = program.name().toLowerCase(Locale.ROOT);
        return LocalApp.launch(new LocalApp.Settings(
                "The " + name,
                classPath(program.module),
                program.mainClass,
                program.arguments,
                Settings.HEAP,
                environment,
                settings.folder().resolve(name + ".log"),
                // The second is for the gateway, which is ready before it has read its keys. Of which this is none.
                List.of(get(port, "/actuator/health/readiness"), get(port, "/api/restaurants/1/clients")),
                together(COLLECTOR, options)));
    }

    private static HttpRequest get(int port, String path) {
        return HttpRequest.newBuilder(url(port).resolve(path))
                .header("Authorization", "Bearer nobody")
                .build();
    }

    /** Of jars only, as in production. */
    private String classPath(String module) {
        String classPath = module.isEmpty() ? System.getProperty("java.class.path") : ofModule(module);
        return AotCache.packed(classPath, settings.folder().resolve("jars"));
    }

    private String ofModule(String module) {
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

    URI synchronousUrl() {
        return url(synchronousPort);
    }

    private static URI url(int port) {
        return URI.create("http://" + HOST + ":" + port + "/");
    }

    /** As the database's superuser, whom no wall stops. */
    DataSource dataSource() {
        return new DriverManagerDataSource(database.jdbcUrl(current), LocalDatabase.SUPERUSER, PASSWORD);
    }

    /** As a rival: no policy holds it up, and it plans by keys. */
    DataSource rivalDataSource() {
        return new DriverManagerDataSource(database.jdbcUrl(current), "synchronous", PASSWORD);
    }

    /** The same, for one who has much to do one after the other. */
    SingleConnectionDataSource oneConnection() {
        return new SingleConnectionDataSource(database.jdbcUrl(current), LocalDatabase.SUPERUSER, PASSWORD, true);
    }

    private JdbcClient maintenance() {
        return JdbcClient.create(
                new DriverManagerDataSource(database.jdbcUrl(MAINTENANCE), LocalDatabase.SUPERUSER, PASSWORD));
    }

    /** Where the applications find it. */
    private String applicationsUrl() {
        return "jdbc:postgresql://" + HOST + ":" + applicationsPort + "/" + current;
    }

    /** From the next launch on, until {@link #databaseDirectly}. */
    DatabaseProxy databaseBehindProxy() {
        DatabaseProxy proxy = DatabaseProxy.to(databasePort);
        applicationsPort = proxy.port();
        return proxy;
    }

    void databaseDirectly() {
        applicationsPort = databasePort;
    }

    long decisions() {
        return jdbc().sql("select count(*) from booking_requests")
                .query(Long.class)
                .single();
    }

    /** Committed in this database so far. The server counts them a second late. */
    long transactions() {
        return maintenance()
                .sql("select xact_commit from pg_stat_database where datname = :database")
                .param("database", current)
                .query(Long.class)
                .single();
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
