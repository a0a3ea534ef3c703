package io.headwaiter.local.faults.kinds;

import io.headwaiter.local.faults.cluster.Await;
import io.headwaiter.local.faults.cluster.Group;
import io.headwaiter.local.faults.cluster.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    public Effect inject(Stage stage, Random dice) {
        List<Worker> workers = stage.cluster().workers();
        long before = decided(stage);
        long since = System.nanoTime();
        workers.forEach(worker -> worker.proxy().delay(MORE));
        Await.pause(LASTS);
        long decided = decided(stage) - before;
        workers.forEach(worker -> worker.proxy().delay(Duration.ZERO));
        List<String> broken = new ArrayList<>();
        if (decided == 0) {
            broken.add("nothing was decided meanwhile");
        }
        double seconds = (System.nanoTime() - since) / 1e9;
        Optional<Duration> recovery = stage.untilDecided(Group.all(), System.nanoTime());
        broken.addAll(Effect.recovered("", recovery, LIMIT).broken());
        return new Effect("%.0f decided a second meanwhile".formatted(decided / seconds), recovery, broken);
    }

    /** Not by the offsets, which nobody can commit while the group is rebalanced. */
    private static long decided(Stage stage) {
        return stage.cluster()
                .jdbc()
                .sql("select count(*) from booking_requests")
                .query(Long.class)
                .single();
    }
}
