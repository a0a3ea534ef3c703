package io.headwaiter.local.benchmark;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the figures depend on, as the processes themselves say it. */
record Circumstances(Map<String, String> byName) {

    static Circumstances of(Stage stage) {
        JdbcClient jdbc = stage.jdbc();
        Settings settings = stage.settings();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("measured", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        all.put(
                "machine",
                "%d cores, load %.2f before, %s %s"
                        .formatted(
                                Runtime.getRuntime().availableProcessors(),
                                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                                System.getProperty("os.name"),
                                System.getProperty("os.arch")));
        all.put(
                "JVM",
                "%s %s; gateway, worker and rival -Xmx%s each, %s, %s for the gateway; broker -Xmx%s, the collector that the JVM chooses"
                        .formatted(
                                System.getProperty("java.vm.name"),
                                System.getProperty("java.vm.version"),
                                Settings.HEAP,
                                Stage.COLLECTOR,
                                Stage.GENERATIONS,
                                Settings.BROKER_HEAP));
        all.put(
                "more options",
                "gateway: %s; worker: %s; PostgreSQL: %s"
                        .formatted(settings.gatewayOptions(), settings.workerOptions(), settings.databaseOptions()));
        all.put(
                "PostgreSQL",
                "%s; fsync %s, synchronous_commit %s, full_page_writes %s, shared_buffers %s, min_wal_size %s, its files made before"
                        .formatted(
                                show(jdbc, "server_version"),
                                show(jdbc, "fsync"),
                                show(jdbc, "synchronous_commit"),
                                show(jdbc, "full_page_writes"),
                                show(jdbc, "shared_buffers"),
                                show(jdbc, "min_wal_size")));
        all.put("Kafka", "one broker, acks all, idempotent producers");
        all.put("loads", "%s, %d round(s)".formatted(settings.loads(), settings.rounds()));
        all.put(
                "each round",
                "%d s measured after %d s to warm up; %d callers where each asks again at once; %,d requests a backlog"
                        .formatted(settings.seconds(), settings.warmUp(), settings.callers(), settings.requests()));
        return new Circumstances(all);
    }

    private static String show(JdbcClient jdbc, String setting) {
        return jdbc.sql("show " + setting).query(String.class).single();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("\n");
        byName.forEach((name, value) -> text.append("  %-14s%s%n".formatted(name, value)));
        return text.toString();
    }
}
