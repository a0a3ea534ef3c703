package io.headwaiter.local.faults.kinds;

import io.headwaiter.local.faults.cluster.Await;
import io.headwaiter.local.faults.cluster.Cluster;
import io.headwaiter.local.faults.cluster.Group;
import io.headwaiter.local.faults.cluster.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * One broker or several, killed or asked to stop, and back after a few seconds. As long as most of them are there, all must go on
 * within ten seconds without those that are not; else recovered means: once they are back, all goes on.
 */
final class BrokersAway implements Fault {

    private static final Duration NO_INTERRUPTION = Duration.ofSeconds(10);
    private static final Duration AFTER_AN_OUTAGE = Duration.ofSeconds(30);

    private final int howMany;
    private final boolean killed;

    BrokersAway(int howMany, boolean killed) {
        this.howMany = howMany;
        this.killed = killed;
    }

    @Override
    public Effect inject(Stage stage, Random dice) {
        List<Member> brokers = new ArrayList<>(stage.cluster().brokers());
        boolean outage = brokers.size() - howMany <= brokers.size() / 2;
        Collections.shuffle(brokers, dice);
        List<Member> chosen = brokers.subList(0, howMany);
        String what = chosen.stream().map(Member::name).collect(Collectors.joining(" and "));
        Duration away = Duration.ofMillis(1_000 + dice.nextInt(3_000));
        long since = System.nanoTime();
        chosen.forEach(killed ? Member::killForGood : Member::down);
        Optional<Duration> recovery = Optional.empty();
        if (outage) {
            Await.pause(away);
        } else {
            recovery = stage.untilDecided(Group.all(), since);
        }
        chosen.forEach(Member::up);
        chosen.forEach(broker -> broker.awaitReady(Cluster.START_LIMIT));
        if (outage) {
            recovery = stage.untilDecided(Group.all(), System.nanoTime());
        }
        Await.until(Stage.LIMIT, stage.group()::isReplicated);
        return Effect.recovered(what, recovery, outage ? AFTER_AN_OUTAGE : NO_INTERRUPTION);
    }
}
