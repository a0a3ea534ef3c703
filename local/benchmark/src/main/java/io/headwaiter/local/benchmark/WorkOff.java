package io.headwaiter.local.benchmark;

import io.headwaiter.local.services.LocalApp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * So many workers, who have shared out the partitions among them, and then, once they are warm, a backlog all at once. The clock
 * runs from the first request that is sent to the last event that is read.
 */
record WorkOff(Stage stage, int workers) {

    private static final String GROUP = "booking-worker";
    static final int WARM_UP_OF_ONE = 40_000;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    void run(Run run, Town town, int requests) {
        List<LocalApp> launched =
                IntStream.rangeClosed(1, workers).mapToObj(stage::launchWorker).toList();
        try {
            awaitMembers(workers);
            warmUp(town, run.round());
            OffsetDateTime since =
                    stage.jdbc().sql("select now()").query(OffsetDateTime.class).single();
            Progress.say("%s, %s: publishing %,d requests".formatted(run.load(), run.contestant(), requests));
            Set<String> ids = new HashSet<>();
            try (FollowEvents events = new FollowEvents(stage.bootstrapServers(), ids)) {
                measure(run, events, ids, town, requests, launched);
            }
            check(run, requests, since);
        } finally {
            launched.forEach(Stage::stop);
        }
    }

    /** Each JVM compiles what it runs often, and while it does, is slow. */
    private void warmUp(Town town, int round) {
        int requests = WARM_UP_OF_ONE * workers;
        Progress.say("warming up with %,d requests".formatted(requests));
        Set<String> ids = new HashSet<>();
        try (FollowEvents events = new FollowEvents(stage.bootstrapServers(), ids)) {
            ids.addAll(PublishBacklog.publish(stage.bootstrapServers(), new Wishes(town, -round), requests));
            Instant end = Instant.now().plus(LIMIT);
            while (events.undecided() > 0 && Instant.now().isBefore(end)) {
                events.poll();
            }
        }
    }

    private void measure(
            Run run, FollowEvents events, Set<String> ids, Town town, int requests, List<LocalApp> launched) {
        Map<String, Long> processes = new LinkedHashMap<>();
        launched.forEach(worker -> processes.put("worker " + (processes.size() + 1), worker.pid()));
        List<IndexReads> indexes = IndexReads.now(stage.jdbc());
        long log = walBytes();
        Usage before = Usage.now(stage, processes);
        Instant start = Instant.now();
        Instant said = start;
        ids.addAll(PublishBacklog.publish(stage.bootstrapServers(), new Wishes(town, run.round()), requests));
        Instant half = Instant.MIN;
        int leftThen = 0;
        while (events.undecided() > 0 && Instant.now().isBefore(start.plus(LIMIT))) {
            events.poll();
            if (leftThen == 0 && events.undecided() <= requests / 2) {
                half = Instant.now();
                leftThen = events.undecided();
            }
            if (Instant.now().isAfter(said.plusSeconds(5))) {
                said = Instant.now();
                Progress.say("  decided %,7d".formatted(requests - events.undecided()));
            }
        }
        Instant end = Instant.now();
        double seconds = seconds(start, end);
        run.with("requests", requests)
                .mustBe(0, "requests without an event", events.undecided())
                .with(Figures.DECIDED, requests / seconds)
                .with("decided a second, the second half", leftThen / seconds(half, end));
        Usage.now(stage, processes).since(before).into(run, requests, seconds);
        run.with("log, bytes a decision", (walBytes() - log) / (double) requests);
        IndexReads.since(indexes, stage.jdbc())
                .forEach(each -> run.with(
                        "rows read through " + each.index() + ", a decision", each.rows() / (double) requests));
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    private long walBytes() {
        return stage.jdbc()
                .sql("select (pg_current_wal_lsn() - '0/0')::bigint")
                .query(Long.class)
                .single();
    }

    /** Of what was decided now. Earlier rows are checked when they are made: by the constraints. */
    private void check(Run run, int requests, OffsetDateTime since) {
        run.mustBe(
                        requests,
                        "decisions stored",
                        count("select count(*) from booking_requests where decided_at >= :since", since))
                .mustBe(
                        0,
                        "overlaps at a table, from today on",
                        count(
                                """
                                select count(*) from (
                                  select starts_at, max(ends_at) over (partition by restaurant_id, table_id order by starts_at, ends_at
                                                                       rows between unbounded preceding and 1 preceding) as taken_until
                                  from table_occupancy where starts_at > cast(:since as timestamptz) - interval '1 day') o
                                where starts_at < taken_until
                                """,
                                since))
                .with(
                        "refused",
                        count(
                                """
                                select count(*) from booking_requests
                                where decided_at >= :since and outcome = 'rejected'
                                """,
                                since));
    }

    private long count(String sql, OffsetDateTime since) {
        return stage.jdbc().sql(sql).param("since", since).query(Long.class).single();
    }

    private void awaitMembers(int members) {
        Progress.say("waiting for %d consumers".formatted(members));
        try (Admin admin = stage.admin()) {
            Instant end = Instant.now().plus(LIMIT);
            while (Instant.now().isBefore(end)) {
                ConsumerGroupDescription group = Objects.requireNonNull(
                        admin.describeConsumerGroups(List.of(GROUP)).all().get().get(GROUP));
                if (group.groupState() == GroupState.STABLE && group.members().size() == members) {
                    return;
                }
                Thread.sleep(Duration.ofMillis(200));
            }
            throw new IllegalStateException("the workers do not find together");
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the group cannot be looked at", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", stopped);
        }
    }

    /** How many rows were read by way of an index, since the statistics began. */
    private record IndexReads(String index, long rows) {

        static List<IndexReads> now(JdbcClient jdbc) {
            return jdbc.sql(
                            """
                            select indexrelname, idx_tup_read from pg_stat_user_indexes
                            where relname in ('reservations', 'table_occupancy', 'booking_requests', 'clients') order by 1
                            """)
                    .query((row, number) -> new IndexReads(row.getString(1), row.getLong(2)))
                    .list();
        }

        static List<IndexReads> since(List<IndexReads> before, JdbcClient jdbc) {
            Map<String, Long> then = new LinkedHashMap<>();
            before.forEach(each -> then.put(each.index, each.rows));
            List<IndexReads> read = new ArrayList<>();
            for (IndexReads each : now(jdbc)) {
                long rows = each.rows - then.getOrDefault(each.index, 0L);
                if (rows > 0) {
                    read.add(new IndexReads(each.index, rows));
                }
            }
            return read;
        }
    }
}
