package io.headwaiter.local.benchmark;

import java.lang.management.ManagementFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Prints what the figures depend on, as the processes themselves say it. */
final class PrintSettings {

    private PrintSettings() {}

    static void of(Stage stage) {
        JdbcClient jdbc = stage.jdbc();
        Settings settings = stage.settings();
        System.out.printf(
                """

                  machine      %d cores, load %.2f before, %s %s
                  JVM          %s; worker, gateway, broker and rival -Xmx%s each
                  PostgreSQL   %s; fsync %s, synchronous_commit %s, full_page_writes %s, shared_buffers %s
                  Kafka        one broker, acks all, idempotent producers
                  load         %s; %d round(s); %d s measured after %d s to warm up; %d callers where each asks again at once;
                               %,d requests a backlog

                """,
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                Settings.HEAP,
                show(jdbc, "server_version"),
                show(jdbc, "fsync"),
                show(jdbc, "synchronous_commit"),
                show(jdbc, "full_page_writes"),
                show(jdbc, "shared_buffers"),
                settings.loads(),
                settings.rounds(),
                settings.seconds(),
                settings.warmUp(),
                settings.callers(),
                settings.requests());
    }

    private static String show(JdbcClient jdbc, String setting) {
        return jdbc.sql("show " + setting).query(String.class).single();
    }
}
