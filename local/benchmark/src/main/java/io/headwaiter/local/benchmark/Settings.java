package io.headwaiter.local.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.util.FileSystemUtils;

/**
 * What to measure.
 *
 * @param requests how many a backlog holds
 * @param reservations how many there are in a town that has grown: 10,000, or a multiple of it
 * @param rounds how often each load is run by each contestant, each time on a database of its own
 * @param seconds how long is measured, once everything is warm
 * @param warmUp seconds before that, under the same load
 * @param rivals whether they run, too: whoever tunes need not wait for them each time
 * @param callers who ask at once, where each asks again as soon as it is answered
 * @param project the project's own folder, where the applications were built
 * @param databaseOptions settings of PostgreSQL besides those of all runs, or instead, each as {@code name=value}
 * @param workerOptions more options for the worker's JVM; empty for none
 * @param gatewayOptions more options for the gateway's JVM; empty for none
 */
record Settings(
        List<Load> loads,
        int requests,
        int reservations,
        int rounds,
        int seconds,
        int warmUp,
        boolean rivals,
        int callers,
        Path project,
        List<String> databaseOptions,
        String workerOptions,
        String gatewayOptions) {

    /** The heap that worker, gateway and rival live in, as -Xmx takes it. */
    static final String HEAP = "512m";

    /** As Kafka's own script has it. A broker keeps 130 MB for compacting, so with much less it collects without end. */
    static final String BROKER_HEAP = "1g";

    static Settings fromSystemProperties() {
        String minutes = System.getProperty("minutes", "");
        return new Settings(
                loads(System.getProperty("load", "all").toUpperCase(Locale.ROOT)),
                Integer.getInteger("requests", 200_000),
                Integer.getInteger("reservations", 10_000_000),
                Integer.getInteger("rounds", 3),
                minutes.isBlank() ? Integer.getInteger("seconds", 20) : 60 * Integer.parseInt(minutes),
                Integer.getInteger("warmUp", 30),
                Boolean.parseBoolean(System.getProperty("rivals", "true")),
                Integer.getInteger("callers", 256),
                Path.of(System.getProperty("headwaiter.project", "."))
                        .toAbsolutePath()
                        .normalize(),
                Arrays.stream(System.getProperty("database.options", "").split(" "))
                        .filter(option -> !option.isBlank())
                        .toList(),
                System.getProperty("worker.options", ""),
                System.getProperty("gateway.options", ""));
    }

    private static List<Load> loads(String names) {
        return names.equals("ALL")
                ? Arrays.stream(Load.values()).filter(Load::isOfAll).toList()
                : Arrays.stream(names.split(",")).map(Load::valueOf).toList();
    }

    /** Of what an earlier benchmark left. */
    void clearFolder() {
        try {
            FileSystemUtils.deleteRecursively(folder());
            Files.createDirectories(folder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the report is written, and what the processes print. */
    Path folder() {
        return project.resolve("local/benchmark/target/bench");
    }
}
