package io.headwaiter.local.benchmark;

import io.headwaiter.local.benchmark.Settings.Load;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures Headwaiter on this machine, each part in a process of its own, on data that is thrown away. Ends with status 1
 * when what was measured was not right: a speed is no failure, two parties at one table are.
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
        List<Run> runs = new ArrayList<>();
        try (Stage stage = Stage.set(settings)) {
            PrintSettings.of(stage);
            for (int round = 1; round <= settings.rounds(); round++) {
                if (settings.loads().contains(Load.BACKLOG)) {
                    runs.add(new DecideBacklog(stage, true).run(round));
                    runs.add(new DecideBacklog(stage, false).run(round));
                }
                if (settings.loads().contains(Load.LATENCY)) {
                    runs.add(new PostAndWait(stage).run(round));
                }
            }
            if (settings.loads().contains(Load.WEBHOOKS)) {
                for (int round = 1; round <= settings.rounds(); round++) {
                    runs.add(new DeliverWebhooks(stage).run(round));
                }
            }
            if (settings.loads().contains(Load.STREAMS)) {
                runs.add(new HoldOpen(stage).run());
            }
            if (settings.loads().contains(Load.AVAILABILITY)) {
                // After the others, whose figures are for an empty database.
                ManyRestaurants restaurants = ManyRestaurants.add(stage.dataSource());
                for (int round = 1; round <= settings.rounds(); round++) {
                    runs.add(new AskAvailability(stage, restaurants).run(round));
                }
            }
        }
        System.out.println();
        System.out.print(Run.table(runs));
        List<String> broken =
                runs.stream().flatMap(run -> run.broken().stream()).toList();
        broken.forEach(what -> System.out.println("BROKEN: " + what));
        return broken.isEmpty();
    }
}
