package io.headwaiter.local.faults.kinds;

import io.headwaiter.local.faults.cluster.Cluster;
import io.headwaiter.local.faults.cluster.Member;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** With callers waiting at it, who try again elsewhere. Recovered: another has been started in its place. */
final class KillGateway implements Fault {

    @Override
    public Effect inject(Stage stage, Random dice) {
        List<Member> gateways = stage.cluster().gateways();
        Member gateway = gateways.get(dice.nextInt(gateways.size()));
        long since = System.nanoTime();
        gateway.kill();
        gateway.awaitReady(Cluster.START_LIMIT);
        return new Effect(gateway.name(), Optional.of(Duration.ofNanos(System.nanoTime() - since)), List.of());
    }
}
