package io.headwaiter.local.faults.cluster;

import io.headwaiter.local.services.AotCache;
import io.headwaiter.local.services.LocalApp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How our own programs are started: class path from the build, configuration from the environment, as in production. */
final class App {

    static final String PASSWORD = "faults";
    static final String WORKER = "io.headwaiter.worker.WorkerApplication";
    static final String GATEWAY = "io.headwaiter.gateway.GatewayApplication";

    private static final String HOST = "127.0.0.1";
    private static final String HEAP = "192m";
    private static final String TOKEN_SECRET = "ZmF1bHRzLWZhdWx0cy1mYXVsdHMtZmF1bHRzLWZhdWx0cw==";
    /** Many processes on few processors, which seldom live long: what costs at start costs most. */
    private static final List<String> CHEAP = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss512k");

    private final Path project;
    private final Path folder;
    private final Path logs;
    private final String bootstrapServers;

    App(Path project, Path folder, String bootstrapServers) {
        this.project = project;
        this.folder = folder;
        this.logs = folder.resolve("logs");
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * One process of ours.
     *
     * @param user the database's
     * @param databasePort where it finds the database
     * @param also on its class path
     * @param options of its JVM, besides those that make it cheap
     * @param environment besides what all have
     */
    record Start(
            String name,
            String module,
            String mainClass,
            List<String> arguments,
            String user,
            int databasePort,
            int port,
            List<String> also,
            List<String> options,
            Map<String, String> environment) {}

    /** Starts it once, so that every other start of its module is cheaper. Returns when it has ended. */
    void train(Start start) {
        LocalApp app = launch(start, cache(start.module()).toBeMade());
        app.awaitReady(Cluster.START_LIMIT);
        // Writing the cache is the last that it does.
        app.stop(Duration.ofMinutes(1));
    }

    LocalApp launch(Start start) {
        return launch(start, cache(start.module()).ifMade());
    }

    private AotCache cache(String module) {
        return new AotCache(folder.resolve("data").resolve(module + ".aot"));
    }

    private LocalApp launch(Start start, List<String> cache) {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "HEADWAITER_KAFKA", bootstrapServers,
                "HEADWAITER_DATABASE_URL", databaseUrl(start.databasePort()),
                "HEADWAITER_DATABASE_USER", start.user(),
                "HEADWAITER_DATABASE_PASSWORD", PASSWORD,
                "HEADWAITER_WORKER_PASSWORD", PASSWORD,
                "HEADWAITER_GATEWAY_PASSWORD", PASSWORD,
                "HEADWAITER_TOKEN_SECRET", TOKEN_SECRET,
                // Partitions are told from each other by who has them.
                "SPRING_KAFKA_CLIENT_ID", start.name(),
                "SERVER_ADDRESS", HOST,
                "SERVER_PORT", Integer.toString(start.port())));
        // All callers have the one key.
        environment.put("HEADWAITER_RATE_LIMIT", "1000000");
        environment.put("HEADWAITER_RATE_BURST", "1000000");
        environment.putAll(start.environment());
        List<String> options = new ArrayList<>(CHEAP);
        options.addAll(cache);
        options.addAll(start.options());
        List<String> classPath = new ArrayList<>();
        classPath.add(AotCache.packed(
                LocalApp.classPath(project, start.module())
                        .orElseThrow(() -> new IllegalStateException(
                                start.module() + " is not built: start with ./mvnw -Pfaults")),
                folder.resolve("data").resolve("jars")));
        classPath.addAll(start.also());
        return LocalApp.launch(new LocalApp.Settings(
                start.name(),
                String.join(System.getProperty("path.separator"), classPath),
                start.mainClass(),
                start.arguments(),
                HEAP,
                environment,
                logs.resolve(start.name() + ".log"),
                // The second is for the gateway, which is ready before it has read its keys. Of which this is none.
                List.of(
                        get(start.port(), "/actuator/health/readiness"),
                        get(start.port(), "/api/restaurants/1/clients")),
                options));
    }

    static String databaseUrl(int port) {
        return "jdbc:postgresql://" + HOST + ":" + port + "/postgres";
    }

    static URI url(int port) {
        return URI.create("http://" + HOST + ":" + port + "/");
    }

    private static HttpRequest get(int port, String path) {
        return HttpRequest.newBuilder(url(port).resolve(path))
                .header("Authorization", "Bearer nobody")
                .build();
    }
}
