package io.headwaiter.local.faults.kinds;

import io.headwaiter.local.faults.cluster.Group;
import io.headwaiter.local.faults.kinds.Stage.Owner;
import java.time.Duration;
import java.util.Random;

/** At no particular moment. Recovered: all of its partitions are decided again, by whomever. */
final class KillWorker implements Fault {

    static final Duration DECIDES_AGAIN = Duration.ofSeconds(15);

    @Override
    public Effect inject(Stage stage, Random dice) throws Group.Away {
        Owner owner = stage.owner(dice);
        long since = System.nanoTime();
        owner.worker().process().kill();
        return Effect.recovered(owner.toString(), stage.untilDecided(owner.partitions(), since), DECIDES_AGAIN);
    }
}
