package io.headwaiter.local.run;

import io.headwaiter.local.services.LocalApp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How our own programs are started: class path from the build, configuration from the environment, as in production. */
final class Applications {

    private static final String HEAP = "512m";
    private static final String HOST = "127.0.0.1";

    private final Settings settings;
    private final DataFolder data;
    private final Secrets secrets;
    private final Map<String, String> common;

    Applications(Settings settings, DataFolder data, Secrets secrets, String databaseUrl) {
        this.settings = settings;
        this.data = data;
        this.secrets = secrets;
        this.common =
                Map.of("HEADWAITER_KAFKA", HOST + ":" + settings.brokerPort(), "HEADWAITER_DATABASE_URL", databaseUrl);
    }

    /** Makes roles, tables and topics, as the owner, and ends. */
    LocalApp migrate(String owner) throws IOException {
        return launch(
                "`migrate`",
                "booking-worker",
                "io.headwaiter.worker.WorkerApplication",
                List.of("migrate"),
                "migrate",
                settings.workerPort(),
                Map.of(
                        "HEADWAITER_DATABASE_USER", owner,
                        "HEADWAITER_DATABASE_PASSWORD", secrets.databasePassword(),
                        "HEADWAITER_WORKER_PASSWORD", secrets.workerPassword(),
                        "HEADWAITER_GATEWAY_PASSWORD", secrets.gatewayPassword()));
    }

    LocalApp worker() throws IOException {
        return launch(
                "The worker",
                "booking-worker",
                "io.headwaiter.worker.WorkerApplication",
                List.of(),
                "worker",
                settings.workerPort(),
                Map.of(
                        "HEADWAITER_DATABASE_USER",
                        "headwaiter_worker",
                        "HEADWAITER_DATABASE_PASSWORD",
                        secrets.workerPassword()));
    }

    LocalApp gateway() throws IOException {
        return launch(
                "The gateway",
                "gateway",
                "io.headwaiter.gateway.GatewayApplication",
                List.of(),
                "gateway",
                settings.port(),
                Map.of(
                        "HEADWAITER_DATABASE_USER",
                        "headwaiter_gateway",
                        "HEADWAITER_DATABASE_PASSWORD",
                        secrets.gatewayPassword(),
                        "HEADWAITER_TOKEN_SECRET",
                        secrets.tokenSecret(),
                        // To this machine, too: who tries them has a server there.
                        "HEADWAITER_GATEWAY_WEBHOOKSLOCAL",
                        "true",
                        "MANAGEMENT_SERVER_ADDRESS",
                        HOST,
                        "MANAGEMENT_SERVER_PORT",
                        Integer.toString(settings.metricsPort())));
    }

    /** Nothing asks whether it is ready, since nothing waits for it. @param mailServer the port of the one it sends by */
    LocalApp notifications(int mailServer) throws IOException {
        return LocalApp.launch(new LocalApp.Settings(
                "The mailer",
                classPath("local/notifications"),
                "io.headwaiter.notifications.NotificationsApplication",
                // What Headwaiter does not know of the demo restaurants.
                List.of(
                        "--headwaiter.notifications.restaurants.1.email=taberna@house.example",
                        "--headwaiter.notifications.restaurants.1.language=es",
                        "--headwaiter.notifications.restaurants.2.email=owl@house.example",
                        "--headwaiter.notifications.restaurants.3.language=es"),
                "128m",
                Map.of(
                        "HEADWAITER_KAFKA",
                        HOST + ":" + settings.brokerPort(),
                        "HEADWAITER_GATEWAY",
                        "http://" + HOST + ":" + settings.port(),
                        "HEADWAITER_API_KEY",
                        "notifications-api-key",
                        "HEADWAITER_MAIL_FROM",
                        "bookings@headwaiter.example",
                        "HEADWAITER_MAILED",
                        "jdbc:h2:file:" + data.mailed() + ";WRITE_DELAY=0",
                        "SPRING_MAIL_HOST",
                        HOST,
                        "SPRING_MAIL_PORT",
                        Integer.toString(mailServer)),
                data.log("notifications"),
                List.of(),
                // It has little to do, and starts while others are being used.
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")));
    }

    private LocalApp launch(
            String name,
            String module,
            String mainClass,
            List<String> arguments,
            String log,
            int port,
            Map<String, String> own)
            throws IOException {
        var environment = new TreeMap<>(common);
        environment.put("SERVER_ADDRESS", HOST);
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.putAll(own);
        return LocalApp.launch(new LocalApp.Settings(
                name,
                classPath(module),
                mainClass,
                arguments,
                HEAP,
                environment,
                data.log(log),
                List.of(
                        get(port, "/actuator/health/readiness").build(),
                        // The gateway is ready before it has read its keys, of which this is none. The worker has no
                        // such path.
                        get(port, "/api/restaurants/1/clients")
                                .header("Authorization", "Bearer nobody's")
                                .build())));
    }

    private static HttpRequest.Builder get(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + port + path));
    }

    private String classPath(String module) {
        return LocalApp.classPath(settings.project(), module)
                .orElseThrow(() -> new CannotStart(module + " is not built for a run: start with ./mvnw -Prun"));
    }
}
