package io.headwaiter.local.faults.kinds;

import io.headwaiter.local.faults.cluster.Await;
import io.headwaiter.local.faults.cluster.Cluster;
import io.headwaiter.local.faults.cluster.Group;
import io.headwaiter.local.faults.cluster.Worker;
import io.headwaiter.local.faults.cluster.WrongClock;
import io.headwaiter.schemas.RequestMessage;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * A worker is started again with a clock that is an hour fast or slow, and keeps it until it is next started. What is half an hour
 * ahead can still be booked, what is half an hour ago cannot.
 */
final class SkewClock implements Fault {

    private static final Duration OFF = Duration.ofHours(1);
    private static final Duration STARTS_ANEW = Duration.ofSeconds(40);
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final WrongClock clock;

    SkewClock(WrongClock clock) {
        this.clock = clock;
    }

    @Override
    public Effect inject(Stage stage, Random dice) throws Group.Away {
        Worker worker = stage.anyWorker(dice);
        Duration off = dice.nextBoolean() ? OFF : OFF.negated();
        String what = worker.name() + " is an hour " + (off.isNegative() ? "behind" : "ahead");
        worker.environment(clock.off(off));
        int started = worker.process().started();
        worker.process().leave();
        boolean again = Await.until(STARTS_ANEW, () -> worker.process().started() > started);
        worker.environment(Map.of());
        worker.process().awaitReady(Cluster.START_LIMIT);
        if (!again || !isOff(worker, off)) {
            return Effect.broken(what, "its clock is not");
        }
        Set<Integer> partitions = Set.of();
        long end = System.nanoTime() + STARTS_ANEW.toNanos();
        while (partitions.isEmpty() && System.nanoTime() < end) {
            Await.aMoment();
            partitions = stage.group().partitionsOf(worker);
        }
        return new Effect(what, Optional.empty(), wronglyDecided(stage.own(), partitions));
    }

    /** By what it writes over its answers. */
    private static boolean isOff(Worker worker, Duration off) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    worker.url().resolve("/actuator/health/liveness").toURL().openConnection();
            Instant its = Instant.ofEpochMilli(connection.getDate());
            connection.disconnect();
            return Duration.between(Instant.now().plus(off), its).abs().compareTo(TOLERANCE) < 0;
        } catch (IOException away) {
            return false;
        }
    }

    private static List<String> wronglyDecided(OwnRequests own, Set<Integer> partitions) {
        Instant slot = Instant.now().truncatedTo(ChronoUnit.HOURS);
        while (slot.isBefore(Instant.now().plus(25, ChronoUnit.MINUTES))) {
            slot = slot.plus(15, ChronoUnit.MINUTES);
        }
        List<RequestMessage> soon = new ArrayList<>();
        List<RequestMessage> past = new ArrayList<>();
        for (int partition : partitions) {
            soon.add(own.place(partition, null, slot));
            past.add(own.place(partition, null, slot.minus(1, ChronoUnit.HOURS)));
        }
        own.flush();
        List<RequestMessage> all = new ArrayList<>(soon);
        all.addAll(past);
        if (partitions.isEmpty() || !own.awaitDecided(all, Stage.LIMIT)) {
            return List.of("it decided nothing");
        }
        Map<UUID, String> decided = own.decided(all);
        List<String> wrong = new ArrayList<>();
        for (RequestMessage request : soon) {
            String outcome = String.valueOf(decided.get(request.id().value()));
            if (!Set.of("confirmed", "no_table_available").contains(outcome)) {
                wrong.add("a slot within the hour: " + outcome);
            }
        }
        for (RequestMessage request : past) {
            String outcome = String.valueOf(decided.get(request.id().value()));
            if (!outcome.equals("in_the_past")) {
                wrong.add("a slot of half an hour ago: " + outcome);
            }
        }
        return wrong;
    }
}
