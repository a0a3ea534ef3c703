package io.headwaiter.local.faults;

import io.headwaiter.local.faults.cluster.Await;
import io.headwaiter.local.faults.cluster.Cluster;
import io.headwaiter.local.faults.cluster.Group;
import io.headwaiter.local.faults.history.Entry;
import io.headwaiter.local.faults.history.Recorder;
import io.headwaiter.local.faults.history.Verdict;
import io.headwaiter.local.faults.kinds.Effect;
import io.headwaiter.local.faults.kinds.Fault;
import io.headwaiter.local.faults.kinds.Faults;
import io.headwaiter.local.faults.kinds.Kind;
import io.headwaiter.local.faults.kinds.OwnRequests;
import io.headwaiter.local.faults.kinds.PartitionAdded;
import io.headwaiter.local.faults.kinds.Stage;
import io.headwaiter.local.faults.load.FollowEvents;
import io.headwaiter.local.faults.load.HearWebhooks;
import io.headwaiter.local.faults.load.Houses;
import io.headwaiter.local.faults.load.Load;
import io.headwaiter.local.faults.load.ReadStored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * <pre>
 *   start everything -> load ------------------------------------------------> stop asking -> drain -> check
 *                         fault, recovery, fault, recovery, ... until time is up
 * </pre>
 */
final class Run {

    private static final int WORKERS = 3;
    private static final int GATEWAYS = 2;
    private static final Duration WARM = Duration.ofSeconds(3);
    private static final Duration DRAIN = Duration.ofMinutes(3);
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(2);

    private final Settings settings;
    private final List<Happened> happened = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    Run(Settings settings) {
        this.settings = settings;
    }

    /** Says what did not hold, in words: nothing, if all is well. */
    List<String> run() {
        Progress.say("seed " + settings.seed() + ": -Dseed=" + settings.seed() + " replays this schedule");
        Path folder = emptied(settings.folder());
        Progress.say("starting " + settings.brokers() + " broker(s), PostgreSQL, " + GATEWAYS + " gateways and "
                + WORKERS + " workers");
        try (Recorder history = Recorder.into(settings.history())) {
            try (Cluster cluster = Cluster.start(new Cluster.Settings(
                            settings.project(), folder, settings.brokers(), WORKERS, GATEWAYS, settings.train()));
                    Group group = new Group(cluster.bootstrapServers())) {
                run(cluster, group, history);
            }
        }
        if (broken.isEmpty() && !settings.keep()) {
            delete(folder);
        } else {
            Progress.say("history and logs are kept in " + folder);
            delete(folder.resolve("data"));
        }
        return List.copyOf(broken);
    }

    private void run(Cluster cluster, Group group, Recorder history) {
        Houses houses = Houses.add(cluster.dataSource(), history);
        FollowEvents follow = FollowEvents.start(cluster.bootstrapServers(), history);
        try (follow;
                HearWebhooks webhooks = HearWebhooks.of(houses, cluster.gatewayUrls(), history);
                OwnRequests own =
                        OwnRequests.of(cluster.dataSource(), houses.partnerId(), history, cluster.bootstrapServers())) {
            Stage stage = new Stage(cluster, group, own, follow);
            Faults faults = Faults.on(stage, houses, history);
            Load load = Load.start(
                    new Load.Settings(
                            cluster.gatewayUrls(),
                            houses,
                            settings.seed(),
                            settings.callsPerSecond(),
                            settings.callers()),
                    history);
            Progress.say(settings.callsPerSecond() + " calls a second by " + settings.callers() + " callers");
            Await.pause(WARM);
            injectAll(stage, faults, load, history);
            drain(cluster, group, follow, load, history);
            ReadStored.into(history, cluster.dataSource());
            addPartition(stage);
        }
        Verdict verdict = Verdict.on(history.history());
        broken.addAll(verdict.broken());
        System.out.println();
        System.out.print(Table.of(verdict, happened, broken));
        System.out.println();
        System.out.println(
                (broken.isEmpty() ? "Every guarantee held" : "NOT every guarantee held") + ", seed " + settings.seed());
    }

    private void injectAll(Stage stage, Faults faults, Load load, Recorder history) {
        List<Kind> round = settings.round().stream()
                .filter(kind -> faults.of(kind).isPresent())
                .toList();
        settings.round().stream()
                .distinct()
                .filter(kind -> !round.contains(kind))
                .forEach(kind -> Progress.say("not on this machine, or not with so few brokers: " + kind.words()));
        Schedule schedule = new Schedule(settings.seed(), round);
        Instant end = Instant.now().plus(settings.lasts());
        while (Instant.now().isBefore(end) && happened.size() < settings.faults()) {
            Schedule.Planned planned = schedule.next();
            faults.of(planned.kind()).ifPresent(fault -> inject(planned, fault, stage, load, history));
        }
    }

    private void inject(Schedule.Planned planned, Fault fault, Stage stage, Load load, Recorder history) {
        history.record(new Entry.Note(Instant.now(), planned.kind().words()));
        Effect effect;
        try {
            effect = fault.inject(stage, planned.dice());
        } catch (Group.Away | RuntimeException failure) {
            effect = new Effect("", Optional.empty(), List.of("it could not be injected: " + failure));
            stage.cluster().mend();
        }
        Happened outcome = new Happened(planned.kind(), effect);
        happened.add(outcome);
        broken.addAll(outcome.broken());
        String line = String.format(
                Locale.ROOT,
                "#%d %s: %s%s%s; %,d acknowledged",
                happened.size(),
                planned.kind().words(),
                effect.what(),
                effect.recovery()
                        .map(time -> ", recovered after " + Effect.seconds(time))
                        .orElse(""),
                effect.broken().isEmpty() ? "" : ", BROKEN: " + String.join("; ", effect.broken()),
                load.progress().acknowledged());
        history.record(new Entry.Note(Instant.now(), line));
        Progress.say(line);
    }

    private void drain(Cluster cluster, Group group, FollowEvents follow, Load load, Recorder history) {
        Progress.say("no more faults; waiting for every answer");
        cluster.mend();
        int open = load.stop(DRAIN);
        if (open > 0) {
            broken.add(open + " acknowledged requests are not decided");
        }
        if (!Await.until(DRAIN, group::isDone)) {
            broken.add("the workers do not reach the end of the requests");
        }
        if (!follow.awaitEnd(DRAIN)) {
            broken.add("the events cannot be read to their end");
        }
        // Whatever is missing in the end is said by a checker.
        Await.until(DRAIN, BETWEEN_COUNTS, () -> history.history().undelivered() == 0);
    }

    private void addPartition(Stage stage) {
        Progress.say("a partition more for booking.requests");
        try {
            broken.addAll(PartitionAdded.inject(stage));
        } catch (Group.Away failure) {
            broken.add("the partition could not be added: " + failure);
        }
    }

    private static Path emptied(Path folder) {
        delete(folder);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (var files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
