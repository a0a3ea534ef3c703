package io.headwaiter.local.faults.kinds;

import io.headwaiter.local.faults.cluster.Await;
import io.headwaiter.local.faults.cluster.Group;
import io.headwaiter.local.faults.cluster.Worker;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

/** All requests since the first, all over again. Recovered: the workers, started anew, are beyond where they had been. */
final class DeliverAgain implements Fault {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Override
    public Effect inject(Stage stage, Random dice) {
        stage.cluster().workers().parallelStream().map(Worker::process).forEach(worker -> worker.down());
        Map<Integer, Long> before = stage.group().committedWhenever();
        boolean reset = Await.until(Stage.LIMIT, () -> isReset(stage.group()));
        long since = System.nanoTime();
        stage.cluster().workers().forEach(worker -> worker.process().up());
        String what = before.values().stream().mapToLong(Long::longValue).sum() + " requests delivered again";
        return reset
                ? Effect.recovered(what, stage.group().awaitAdvance(Group.all(), before, since, LIMIT), LIMIT)
                : Effect.broken(what, "the offsets could not be reset");
    }

    private static boolean isReset(Group group) {
        try {
            group.resetToBeginning();
            return true;
        } catch (Group.Away whileMembersAreLeft) {
            return false;
        }
    }
}
