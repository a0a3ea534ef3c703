package io.headwaiter.local.faults.kinds;

import io.headwaiter.local.faults.cluster.WrongClock;
import io.headwaiter.local.faults.history.Recorder;
import io.headwaiter.local.faults.hook.Point;
import io.headwaiter.local.faults.load.Houses;
import io.headwaiter.local.proxy.Cut;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The fault of each kind. */
public final class Faults {

    private final Map<Kind, Fault> faults = new EnumMap<>(Kind.class);

    private Faults() {}

    /** Without those that this machine, or this cluster, cannot have. */
    public static Faults on(Stage stage, Houses houses, Recorder history) {
        Faults all = new Faults();
        Map<Kind, Fault> faults = all.faults;
        faults.put(Kind.WORKER_KILLED, new KillWorker());
        faults.put(Kind.WORKER_KILLED_AFTER_POLL, new KillWorkerAt(Point.AFTER_POLL));
        faults.put(Kind.WORKER_KILLED_IN_TRANSACTION, new KillWorkerAt(Point.IN_TRANSACTION));
        faults.put(Kind.WORKER_KILLED_BEFORE_PUBLISHING, new KillWorkerAt(Point.AFTER_COMMIT));
        faults.put(Kind.WORKER_KILLED_BEFORE_OFFSETS, new KillWorkerAt(Point.AFTER_PUBLISH));
        faults.put(Kind.WORKER_FROZEN, new FreezeWorker());
        faults.put(Kind.WORKERS_COME_AND_GO, new RebalanceStorm());
        faults.put(Kind.GATEWAY_KILLED, new KillGateway());
        faults.put(Kind.BROKER_KILLED, new BrokersAway(1, true));
        faults.put(Kind.BROKER_RESTARTED, new BrokersAway(1, false));
        faults.put(Kind.TWO_BROKERS_KILLED, new BrokersAway(2, true));
        faults.put(Kind.DATABASE_KILLED, new KillDatabase());
        faults.put(Kind.CUT_BEFORE_COMMIT, new CutAtCommit(Cut.BEFORE));
        faults.put(Kind.CUT_AFTER_COMMIT, new CutAtCommit(Cut.AFTER));
        faults.put(Kind.DATABASE_SLOW, new SlowDatabase());
        faults.put(Kind.DEADLOCK, new Deadlock());
        faults.put(Kind.DELIVERED_AGAIN, new DeliverAgain());
        faults.put(Kind.POISON, new Poison());
        faults.put(Kind.DEFECT, new Defect(houses, history, stage.cluster().jdbc()));
        WrongClock.made(stage.cluster().folder())
                .ifPresent(clock -> faults.put(Kind.WORKER_CLOCK_WRONG, new SkewClock(clock)));
        int brokers = stage.cluster().brokers().size();
        faults.keySet().removeIf(kind -> kind.brokers() > brokers);
        return all;
    }

    /** Empty: not on this machine, or not with so few brokers. */
    public Optional<Fault> of(Kind kind) {
        return Optional.ofNullable(faults.get(kind));
    }
}
