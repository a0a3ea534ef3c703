package io.headwaiter.local.faults.kinds;

import io.headwaiter.local.faults.cluster.Await;
import io.headwaiter.local.faults.cluster.Group;
import io.headwaiter.local.faults.hook.Orders;
import io.headwaiter.local.faults.hook.Point;
import io.headwaiter.local.faults.kinds.Stage.Owner;
import java.time.Duration;
import java.util.Random;

/** Between two steps of a batch. Recovered: all of its partitions are decided again, by whomever. */
final class KillWorkerAt implements Fault {

    private static final Duration COMES_BY = Duration.ofSeconds(20);

    private final Point point;

    KillWorkerAt(Point point) {
        this.point = point;
    }

    @Override
    public Effect inject(Stage stage, Random dice) throws Group.Away {
        Owner owner = stage.owner(dice);
        Orders orders = owner.worker().orders();
        int started = owner.worker().process().started();
        orders.give(point, Orders.Order.HALT);
        if (!Await.until(COMES_BY, () -> orders.isCarriedOut(point))) {
            orders.takeBack(point);
            return Effect.broken(owner.toString(), owner.worker().name() + " did nothing for so long");
        }
        long since = System.nanoTime();
        if (!Await.until(COMES_BY, () -> owner.worker().process().started() > started)) {
            return Effect.broken(owner.toString(), owner.worker().name() + " was told to halt and did not");
        }
        return Effect.recovered(
                owner.toString(), stage.untilDecided(owner.partitions(), since), KillWorker.DECIDES_AGAIN);
    }
}
