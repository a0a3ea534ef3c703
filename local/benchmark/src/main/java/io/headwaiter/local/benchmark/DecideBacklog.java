package io.headwaiter.local.benchmark;

import io.headwaiter.local.services.LocalApp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Set;

/**
 * How fast a worker decides what is in the topic already when it starts. The clock runs from the beginning of its first
 * transaction, so that the JVM's start is left out and its warming up is not, to the moment when the last event has been read
 * by somebody else.
 */
final class DecideBacklog {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Stage stage;
    private final boolean namingTables;

    DecideBacklog(Stage stage, boolean namingTables) {
        this.stage = stage;
        this.namingTables = namingTables;
    }

    Run run(int round) {
        Run run = new Run("backlog, " + (namingTables ? "named" : "automatic"));
        int requests = stage.settings().requests();
        Hall hall = Hall.add(stage.dataSource());
        Progress.say("publishing %,d requests that name %s table".formatted(requests, namingTables ? "a" : "no"));
        Set<String> ids = PublishBacklog.publish(
                stage.bootstrapServers(), new RandomRequests(hall, namingTables, round), requests);
        try (FollowEvents events = new FollowEvents(stage.bootstrapServers(), ids)) {
            decide(run, hall, events);
        }
        new CheckBookings(stage.jdbc(), hall).into(run, requests);
        return run;
    }

    private void decide(Run run, Hall hall, FollowEvents events) {
        int requests = events.undecided();
        Duration database = ProcessorTime.ofTree(stage.databasePid());
        Duration broker = ProcessorTime.of(stage.brokerPid());
        Duration self = ProcessorTime.of(ProcessHandle.current().pid());
        Instant launched = Instant.now();
        LocalApp worker = stage.launchWorker();
        awaitAll(events, worker, launched);
        Instant done = Instant.now();
        Duration fromFirst = Duration.between(firstDecision(hall), done);
        run.with("requests", requests)
                .mustBe(0, "requests without an event", events.undecided())
                .with("decisions/s, from the first transaction on", perSecond(requests, fromFirst))
                .with("decisions/s, from process start on", perSecond(requests, Duration.between(launched, done)))
                .with(
                        "CPU s, PostgreSQL",
                        seconds(ProcessorTime.ofTree(stage.databasePid()).minus(database)))
                .with("CPU s, worker with its start", seconds(ProcessorTime.of(worker.pid())))
                .with(
                        "CPU s, broker",
                        seconds(ProcessorTime.of(stage.brokerPid()).minus(broker)))
                .with(
                        "CPU s, benchmark",
                        seconds(ProcessorTime.of(ProcessHandle.current().pid()).minus(self)));
        WorkerMetrics metrics = new WorkerMetrics(stage.workerUrl());
        run.with("conflicts", metrics.count("headwaiter.conflicts"))
                .with("batch retries", metrics.count("headwaiter.batch.retries"));
        Stage.stop(worker);
    }

    private static void awaitAll(FollowEvents events, LocalApp worker, Instant launched) {
        int requests = events.undecided();
        Instant said = launched;
        while (events.undecided() > 0
                && worker.process().isAlive()
                && Instant.now().isBefore(launched.plus(LIMIT))) {
            events.poll();
            if (Instant.now().isAfter(said.plusSeconds(2))) {
                said = Instant.now();
                Progress.say("  decided %,7d".formatted(requests - events.undecided()));
            }
        }
    }

    /** A decision carries the time at which its transaction began. */
    private Instant firstDecision(Hall hall) {
        return Objects.requireNonNull(stage.jdbc()
                        .sql("select min(decided_at) from booking_requests where restaurant_id = :restaurant")
                        .param("restaurant", hall.id())
                        .query(OffsetDateTime.class)
                        .single())
                .toInstant();
    }

    private static long perSecond(int count, Duration time) {
        return Math.round(count * 1e9 / time.toNanos());
    }

    private static String seconds(Duration time) {
        return "%.1f".formatted(time.toMillis() / 1000.0);
    }
}
