package io.headwaiter.local.faults.kinds;

import io.headwaiter.local.faults.cluster.Await;
import io.headwaiter.local.faults.cluster.Group;
import io.headwaiter.local.faults.cluster.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Workers leave and come every few seconds, though never the last one that serves. Recovered: from the last one's leaving on, all partitions are decided again. */
final class RebalanceStorm implements Fault {

    private static final int TIMES = 4;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Override
    public Effect inject(Stage stage, Random dice) {
        List<Worker> workers = stage.cluster().workers();
        int first = dice.nextInt(workers.size());
        for (int time = 0; time < TIMES; time++) {
            Worker leaving = workers.get((first + time) % workers.size());
            // A start takes as long as the machine is busy: the others may all have left a moment ago.
            Await.until(Stage.LIMIT, () -> workers.stream()
                    .anyMatch(other -> other != leaving && other.process().isReady()));
            leaving.process().leave();
            Await.pause(Duration.ofMillis(1_500 + dice.nextInt(1_500)));
        }
        return Effect.recovered(
                TIMES + " workers left and came", stage.untilDecided(Group.all(), System.nanoTime()), LIMIT);
    }
}
