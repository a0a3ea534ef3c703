package io.headwaiter.local.faults.kinds;

import io.headwaiter.local.faults.cluster.Group;
import io.headwaiter.local.faults.kinds.Stage.Owner;
import io.headwaiter.local.proxy.Cut;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A worker cannot know whether it has committed. Recovered: its partitions are decided again. */
final class CutAtCommit implements Fault {

    private static final int COMES_BY_SECONDS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final Cut cut;

    CutAtCommit(Cut cut) {
        this.cut = cut;
    }

    @Override
    public Effect inject(Stage stage, Random dice) throws Group.Away {
        Owner owner = stage.owner(dice);
        CompletableFuture<Void> done = owner.worker().proxy().cutAtNextCommit(cut);
        try {
            done.get(COMES_BY_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException nobody) {
            done.cancel(false);
            return Effect.broken(owner.toString(), owner.worker().name() + " did not commit for so long");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
        return Effect.recovered(owner.toString(), stage.untilDecided(owner.partitions(), System.nanoTime()), LIMIT);
    }
}
