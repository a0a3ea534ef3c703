package io.headwaiter.local.faults.cluster;

import io.headwaiter.local.services.AotCache;
import io.headwaiter.local.services.FreePort;
import io.headwaiter.local.services.LocalApp;
import io.headwaiter.local.services.LocalBroker;
import io.headwaiter.local.services.LocalDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** All processes together. They end with this JVM, however it ends. */
public final class Cluster implements AutoCloseable {

    public static final Duration START_LIMIT = Duration.ofMinutes(3);

    private static final String BROKER_HEAP = "320m";

    private final Path folder;
    private final App app;
    private final List<Member> brokers;
    private final List<Integer> brokerPorts;
    private final Member database;
    private final int databasePort = FreePort.find();
    private final List<Worker> workers;
    private final List<Member> gateways = new ArrayList<>();
    private final List<URI> gatewayUrls = new ArrayList<>();

    /**
     * What there is how many of.
     *
     * @param project the project's own folder, where the applications were built
     * @param folder for data and logs
     * @param brokers 1, or 3 that have three copies of everything
     * @param train whether each app is started once before, so that all its later starts are cheaper
     */
    public record Settings(Path project, Path folder, int brokers, int workers, int gateways, boolean train) {}

    private Cluster(Settings settings) {
        this.folder = settings.folder();
        this.brokerPorts =
                Stream.generate(FreePort::find).limit(settings.brokers()).toList();
        this.app = new App(settings.project(), folder, bootstrapServers());
        this.brokers = brokers(settings.brokers());
        this.database = new Member(
                "PostgreSQL",
                () -> LocalDatabase.launch(new LocalDatabase.Settings(
                        folder.resolve("data").resolve("postgresql"), databasePort, App.PASSWORD, false)));
        this.workers = IntStream.rangeClosed(1, settings.workers())
                // All but the last have a name in their group: both ways to be a member are to be tried.
                .mapToObj(number ->
                        new Worker("worker-" + number, number < settings.workers(), app, folder, databasePort))
                .toList();
        for (int number = 1; number <= settings.gateways(); number++) {
            int port = FreePort.find();
            String name = "gateway-" + number;
            gateways.add(new Member(name, () -> app.launch(gateway(name, port))));
            gatewayUrls.add(App.url(port));
        }
    }

    private List<Member> brokers(int count) {
        List<Integer> controllers = Stream.generate(FreePort::find).limit(count).toList();
        return IntStream.rangeClosed(1, count)
                .mapToObj(node -> new Member(
                        "broker-" + node,
                        () -> LocalBroker.launch(new LocalBroker.Settings(
                                folder.resolve("data").resolve("broker-" + node),
                                brokerPorts.get(node - 1),
                                BROKER_HEAP,
                                false,
                                new LocalBroker.Place(node, controllers)))))
                .toList();
    }

    /** Returns when requests are taken and decided. */
    public static Cluster start(Settings settings) {
        Cluster cluster = new Cluster(settings);
        try {
            cluster.startServers();
            cluster.migrate();
            if (settings.train() && AotCache.isPossible()) {
                cluster.train();
            }
            cluster.startApps();
            return cluster;
        } catch (RuntimeException failure) {
            cluster.close();
            throw failure;
        }
    }

    private void startServers() {
        brokers.forEach(Member::up);
        database.up();
        brokers.forEach(broker -> broker.awaitReady(START_LIMIT));
        database.awaitReady(START_LIMIT);
    }

    private void migrate() {
        LocalApp migrate = app.launch(new App.Start(
                "migrate",
                "booking-worker",
                App.WORKER,
                List.of("migrate"),
                LocalDatabase.SUPERUSER,
                databasePort,
                FreePort.find(),
                List.of(),
                List.of(),
                Map.of("HEADWAITER_TOPIC_REPLICAS", Integer.toString(brokers.size()))));
        if (migrate.process().onExit().join() != 0) {
            throw new IllegalStateException("migrate failed; see " + migrate.log());
        }
    }

    private void train() {
        app.train(gateway("training-gateway", FreePort.find()));
        app.train(worker("training-worker"));
    }

    private void startApps() {
        apps().forEach(Member::up);
        apps().forEach(member -> member.awaitReady(START_LIMIT));
    }

    private App.Start gateway(String name, int port) {
        return new App.Start(
                name,
                "gateway",
                App.GATEWAY,
                List.of(),
                "headwaiter_gateway",
                databasePort,
                port,
                List.of(),
                List.of(),
                Map.of("HEADWAITER_GATEWAY_WEBHOOKSLOCAL", "true"));
    }

    /** Without a proxy, and without a hook. */
    private App.Start worker(String name) {
        return new App.Start(
                name,
                "booking-worker",
                App.WORKER,
                List.of(),
                "headwaiter_worker",
                databasePort,
                FreePort.find(),
                List.of(),
                List.of(),
                Map.of());
    }

    /** One more of each app, for what it says when it starts. It does not come back when it ends. */
    public LocalApp launchAnotherGateway() {
        return app.launch(gateway("another-gateway", FreePort.find()));
    }

    /** One more of each app, for what it says when it starts. It does not come back when it ends. */
    public LocalApp launchAnotherWorker() {
        return app.launch(worker("another-worker"));
    }

    public List<Member> brokers() {
        return brokers;
    }

    public Member database() {
        return database;
    }

    public List<Worker> workers() {
        return workers;
    }

    public List<Member> gateways() {
        return gateways;
    }

    public List<URI> gatewayUrls() {
        return gatewayUrls;
    }

    private List<Member> apps() {
        return Stream.concat(workers.stream().map(Worker::process), gateways.stream())
                .toList();
    }

    public Path folder() {
        return folder;
    }

    public String bootstrapServers() {
        return brokerPorts.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /** As the database's superuser, whom no wall stops, and past the proxies. */
    public DataSource dataSource() {
        return new DriverManagerDataSource(App.databaseUrl(databasePort), LocalDatabase.SUPERUSER, App.PASSWORD);
    }

    public JdbcClient jdbc() {
        return JdbcClient.create(dataSource());
    }

    /** Returns when everything serves again, whatever was done to it. */
    public void mend() {
        workers.forEach(worker -> worker.proxy().delay(Duration.ZERO));
        brokers.forEach(Member::up);
        database.up();
        apps().forEach(Member::up);
        Stream.of(brokers, List.of(database), apps())
                .flatMap(List::stream)
                .forEach(member -> member.awaitReady(START_LIMIT));
    }

    @Override
    public void close() {
        Stream.of(apps(), List.of(database), brokers).flatMap(List::stream).forEach(Cluster::end);
        workers.forEach(worker -> worker.proxy().close());
    }

    private static void end(Member member) {
        if (member.started() > 0) {
            member.killForGood();
        }
    }
}
