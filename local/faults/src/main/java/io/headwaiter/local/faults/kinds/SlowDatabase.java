package io.headwaiter.local.faults.kinds;

import io.headwaiter.local.faults.cluster.Await;
import io.headwaiter.local.faults.cluster.Group;
import io.headwaiter.local.faults.cluster.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Every statement of the workers takes 200 ms more for some seconds. All goes on, slower. Recovered: from its end on, all partitions
 * are decided again.
 */
final class SlowDatabase implements Fault {

    private static final Duration MORE = Duration.ofMillis(200);
    private static final Duration LASTS = Duration.ofSeconds(8);
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @Override
    public Effect inject(Stage stage, Random dice) throws Group.Away {
        List<Worker> workers = stage.cluster().workers();
        Map<Integer, Long> before = stage.group().committed();
        long since = System.nanoTime();
        workers.forEach(worker -> worker.proxy().delay(MORE));
        Await.pause(LASTS);
        Map<Integer, Long> after = stage.group().committed();
        workers.forEach(worker -> worker.proxy().delay(Duration.ZERO));
        List<String> broken = new ArrayList<>();
        long decided = sum(after) - sum(before);
        if (decided == 0) {
            broken.add("nothing was decided meanwhile");
        }
        double seconds = (System.nanoTime() - since) / 1e9;
        Optional<Duration> recovery = stage.untilDecided(Group.all(), System.nanoTime());
        broken.addAll(Effect.recovered("", recovery, LIMIT).broken());
        return new Effect("%.0f decided a second meanwhile".formatted(decided / seconds), recovery, broken);
    }

    private static long sum(Map<Integer, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }
}
