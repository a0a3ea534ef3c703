package io.headwaiter.local.benchmark;

import io.headwaiter.local.services.LocalApp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How fast a worker decides what is in the topic already when it starts. The clock runs from the beginning of its first
 * transaction, so that the JVM's start is left out and its warming up is not, to the moment when the last event has been read
 * by somebody else. Beside it the same worker with one record a transaction; and how fast the very rows that the first one
 * left can be written at all.
 */
final class DecideBacklog implements Trial {

    static final String RECORD_AT_A_TIME = "record at a time";
    static final String CEILING = "database ceiling";

    private static final int RESTAURANTS = 500;
    /** A tenth is enough for the slow one: it takes as long. */
    private static final int OF_THE_SLOW_ONE = 10;

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Stage stage;

    DecideBacklog(Stage stage) {
        this.stage = stage;
    }

    @Override
    public void run(int round, Consumer<Run> done) {
        int requests = stage.settings().requests();
        done.accept(decide(new Run(Load.BACKLOG, Run.HEADWAITER, round), requests, Map.of()));
        if (!stage.settings().rivals()) {
            return;
        }
        WriteRows rows = WriteRows.asStored(stage);
        stage.freshDatabase();
        done.accept(rows.again(new Run(Load.BACKLOG, CEILING, round), Town.of(stage, RESTAURANTS)));
        done.accept(decide(
                new Run(Load.BACKLOG, RECORD_AT_A_TIME, round),
                requests / OF_THE_SLOW_ONE,
                // As many threads as there are partitions: it waits for its statements most of the time.
                Map.of(
                        "HEADWAITER_WORKER_BATCHSIZE", "1",
                        "HEADWAITER_WORKER_TRANSACTIONS", "1",
                        "HEADWAITER_WORKER_CONSUMERS", "12")));
    }

    private Run decide(Run run, int requests, Map<String, String> environment) {
        stage.freshDatabase();
        Town town = Town.of(stage, RESTAURANTS);
        Progress.say("%s, %s: publishing %,d requests".formatted(run.load(), run.contestant(), requests));
        Set<String> ids = PublishBacklog.publish(stage.bootstrapServers(), new Wishes(town, run.round()), requests);
        try (FollowEvents events = new FollowEvents(stage.bootstrapServers(), ids)) {
            decide(run, events, environment);
        }
        CheckBookings check = new CheckBookings(stage.jdbc());
        check.tables(run);
        check.decisions(run, requests);
        return run;
    }

    private void decide(Run run, FollowEvents events, Map<String, String> environment) {
        int requests = events.undecided();
        long transactions = stage.transactions();
        LocalApp worker = stage.launchWorker(environment);
        Passed passed = new Passed(stage, Map.of("worker", worker.pid()), requests);
        Watch watch = Watch.start(stage, passed.processes, true);
        try (watch) {
            awaitAll(events, worker, passed);
        }
        Instant done = Instant.now();
        run.with("requests", requests)
                .mustBe(0, "requests without an event", events.undecided())
                .with(Figures.DECIDED, requests / seconds(firstDecision(), done));
        passed.into(run, done);
        run.with("decided a transaction", requests / (double) (stage.transactions() - transactions));
        WorkerMetrics metrics = new WorkerMetrics(stage.workerUrl());
        run.with("conflicts", metrics.count("headwaiter.conflicts"))
                .with("batch retries", metrics.count("headwaiter.batch.retries"));
        watch.into(run);
        Stage.stop(worker);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    /** When half of it was decided, and what had been used: the rest is what a worker does that is warm. */
    private static final class Passed {

        private final Stage stage;
        private final Map<String, Long> processes;
        private final int requests;
        private Instant half = Instant.MIN;
        private int leftThen;
        private @Nullable Usage usedThen;

        Passed(Stage stage, Map<String, Long> processes, int requests) {
            this.stage = stage;
            this.processes = processes;
            this.requests = requests;
        }

        void look(int left) {
            if (usedThen == null && left <= requests / 2) {
                half = Instant.now();
                leftThen = left;
                usedThen = Usage.now(stage, processes);
            }
        }

        void into(Run run, Instant done) {
            if (usedThen != null && leftThen > 0) {
                double seconds = seconds(half, done);
                run.with("decided a second, the second half", leftThen / seconds);
                Usage.now(stage, processes).since(usedThen).into(run, leftThen, seconds);
            }
        }
    }

    private static void awaitAll(FollowEvents events, LocalApp worker, Passed passed) {
        int requests = events.undecided();
        Instant launched = Instant.now();
        Instant said = launched;
        while (events.undecided() > 0
                && worker.process().isAlive()
                && Instant.now().isBefore(launched.plus(LIMIT))) {
            events.poll();
            passed.look(events.undecided());
            if (Instant.now().isAfter(said.plusSeconds(5))) {
                said = Instant.now();
                Progress.say("  decided %,7d".formatted(requests - events.undecided()));
            }
        }
    }

    /** A decision carries the time at which its transaction began. */
    private Instant firstDecision() {
        return Objects.requireNonNull(stage.jdbc()
                        .sql("select min(decided_at) from booking_requests")
                        .query(OffsetDateTime.class)
                        .single())
                .toInstant();
    }
}
