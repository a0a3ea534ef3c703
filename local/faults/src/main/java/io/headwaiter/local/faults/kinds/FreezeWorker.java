package io.headwaiter.local.faults.kinds;

import io.headwaiter.local.faults.cluster.Await;
import io.headwaiter.local.faults.cluster.Group;
import io.headwaiter.local.faults.hook.Orders;
import io.headwaiter.local.faults.hook.Point;
import io.headwaiter.local.faults.kinds.Stage.Owner;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/**
 * A worker stands still past its session, half of the times with a transaction open, and wakes up late. Recovered: all of its
 * partitions are decided again while it stands still. Then it may go on, and do no harm.
 */
final class FreezeWorker implements Fault {

    private static final Duration PAST_THE_SESSION = Duration.ofSeconds(8);
    private static final Duration COMES_BY = Duration.ofSeconds(20);

    @Override
    public Effect inject(Stage stage, Random dice) throws Group.Away {
        Owner owner = stage.owner(dice);
        boolean inTransaction = dice.nextBoolean();
        if (inTransaction) {
            Orders orders = owner.worker().orders();
            orders.give(Point.IN_TRANSACTION, Orders.Order.FREEZE);
            if (!Await.until(COMES_BY, () -> orders.isCarriedOut(Point.IN_TRANSACTION))) {
                orders.takeBack(Point.IN_TRANSACTION);
                return Effect.broken(owner.toString(), owner.worker().name() + " did nothing for so long");
            }
        } else {
            owner.worker().process().freeze();
        }
        long since = System.nanoTime();
        Optional<Duration> recovery = stage.untilDecided(owner.partitions(), since);
        Duration left = PAST_THE_SESSION.minusNanos(System.nanoTime() - since);
        if (!left.isNegative()) {
            Await.pause(left);
        }
        owner.worker().process().thaw();
        return Effect.recovered(
                owner + (inTransaction ? ", with a transaction open" : ""), recovery, KillWorker.DECIDES_AGAIN);
    }
}
