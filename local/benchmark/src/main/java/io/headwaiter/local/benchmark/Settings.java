package io.headwaiter.local.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What to measure.
 *
 * @param requests how many a backlog holds
 * @param rounds how often each load is run, each time on a restaurant of its own
 * @param seconds how long availability is asked for, and events are published for webhooks
 * @param project the project's own folder, where the applications were built
 * @param workerOptions more options for the worker's JVM; empty for none
 */
record Settings(List<Load> loads, int requests, int rounds, int seconds, Path project, String workerOptions) {

    /** The heap that worker and gateway live in, as -Xmx takes it. */
    static final String HEAP = "512m";

    enum Load {
        BACKLOG,
        LATENCY,
        WEBHOOKS,
        STREAMS,
        AVAILABILITY
    }

    static Settings fromSystemProperties() {
        String load = System.getProperty("load", "all").toUpperCase(Locale.ROOT);
        return new Settings(
                load.equals("ALL") ? List.of(Load.values()) : List.of(Load.valueOf(load)),
                Integer.getInteger("requests", 50_000),
                Integer.getInteger("rounds", 1),
                Integer.getInteger("seconds", 60),
                Path.of(System.getProperty("headwaiter.project", "."))
                        .toAbsolutePath()
                        .normalize(),
                System.getProperty("worker.options", ""));
    }

    /** Where what the processes print is kept. */
    Path logs() {
        return project.resolve("local/benchmark/target/bench");
    }
}
