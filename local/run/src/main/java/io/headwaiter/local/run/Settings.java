package io.headwaiter.local.run;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where everything runs. Each is a system property {@code headwaiter.…}, which {@code ./mvnw -Prun -D…} passes on.
 *
 * @param project the folder with the modules, for what the build left there
 * @param data everything that is to outlive a run
 * @param metricsPort where the gateway shows its metrics; the worker does on its own port
 * @param mailsPort where the mails can be looked at that guests and restaurants get
 * @param stopWithParent whether the end of the process that started this one is a wish to stop
 */
record Settings(
        Path project,
        Path data,
        int port,
        int workerPort,
        int metricsPort,
        int mailsPort,
        int brokerPort,
        int databasePort,
        boolean stopWithParent) {

    static Settings fromSystemProperties() {
        Path project = path("project", Path.of(""));
        Path data = path("data", project.resolve("local").resolve("data"));
        return new Settings(
                project,
                data,
                port("port", 8080),
                port("worker-port", 8081),
                port("metrics-port", 8082),
                port("mails-port", 8083),
                port("broker-port", 19092),
                port("database-port", 15432),
                Boolean.getBoolean("headwaiter.stop-with-parent"));
    }

    /** By the name of the property that changes it. */
    Map<String, Integer> ports() {
        return Map.of(
                "headwaiter.port", port,
                "headwaiter.worker-port", workerPort,
                "headwaiter.metrics-port", metricsPort,
                "headwaiter.mails-port", mailsPort,
                "headwaiter.broker-port", brokerPort,
                "headwaiter.database-port", databasePort);
    }

    static Path path(String name, Path otherwise) {
        String given = System.getProperty("headwaiter." + name);
        return (given == null ? otherwise : Path.of(given)).toAbsolutePath().normalize();
    }

    private static int port(String name, int otherwise) {
        String property = "headwaiter." + name;
        String given = System.getProperty(property, Integer.toString(otherwise));
        try {
            int port = Integer.parseInt(given);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        throw new CannotStart("-D" + property + "=" + given + " is no port: give a number from 1 to 65535.");
    }
}
