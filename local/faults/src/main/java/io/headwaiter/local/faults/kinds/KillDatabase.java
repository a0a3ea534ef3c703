package io.headwaiter.local.faults.kinds;

import io.headwaiter.local.faults.cluster.Await;
import io.headwaiter.local.faults.cluster.Cluster;
import io.headwaiter.local.faults.cluster.Group;
import io.headwaiter.local.faults.cluster.Member;
import java.time.Duration;
import java.util.Random;

/** Gone, and back after some seconds on what it had written. Recovered: from then on, all partitions are decided again. */
final class KillDatabase implements Fault {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Override
    public Effect inject(Stage stage, Random dice) {
        Member database = stage.cluster().database();
        Duration away = Duration.ofMillis(500 + dice.nextInt(2_500));
        database.killForGood();
        Await.pause(away);
        database.up();
        database.awaitReady(Cluster.START_LIMIT);
        return Effect.recovered(
                "away for " + Effect.seconds(away), stage.untilDecided(Group.all(), System.nanoTime()), LIMIT);
    }
}
