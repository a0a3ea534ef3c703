package io.headwaiter.local.benchmark;

import java.util.EnumMap;
import java.util.Map;

/**
 * Measures Headwaiter and its rivals on this machine, each part in a process of its own, on data that is thrown away. Ends with
 * status 1 when what was measured was not right: a speed is no failure, two parties at one table are.
 */
public final class Benchmark {

    private Benchmark() {}

    public static void main(String... args) {
        if (Boolean.getBoolean("headwaiter.stop-with-parent")) {
            // Maven may be killed. What runs here has then lost whoever wanted to know.
            ProcessHandle.current().parent().ifPresent(maven -> maven.onExit().thenRun(() -> System.exit(1)));
        }
        System.exit(run(Settings.fromSystemProperties()) ? 0 : 1);
    }

    private static boolean run(Settings settings) {
        Report report = new Report();
        try (Stage stage = Stage.set(settings)) {
            Circumstances circumstances = Circumstances.of(stage);
            System.out.println(circumstances);
            Map<Load, Trial> trials = new EnumMap<>(Load.class);
            for (int round = 1; round <= settings.rounds(); round++) {
                for (Load load : settings.loads()) {
                    trials.computeIfAbsent(load, each -> each.on(stage)).run(round, run -> {
                        report.add(run);
                        Progress.say("  " + run);
                        // After each, so that there is a report even of a benchmark that was ended early.
                        WriteJson.to(settings.folder().resolve("report.json"), circumstances, report);
                        WritePage.to(settings.folder().resolve("index.html"), circumstances, report);
                    });
                }
            }
        }
        System.out.println();
        System.out.println(report.tables());
        System.out.println(Targets.table(report));
        System.out.println("More in " + settings.folder().resolve("index.html"));
        report.broken().forEach(what -> System.out.println("BROKEN: " + what));
        return report.broken().isEmpty();
    }
}
