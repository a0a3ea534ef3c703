package io.headwaiter.local.faults.kinds;

import io.headwaiter.local.faults.cluster.Await;
import io.headwaiter.local.faults.cluster.Group;
import io.headwaiter.local.faults.cluster.Worker;
import io.headwaiter.schemas.RequestMessage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Two workers wait for each other in the database. Each takes tables in the order of their ids, so it needs a batch in two turns (a
 * withdrawal begins the second), and somebody who holds both where they are to meet until both are there:
 *
 * <pre>
 *   tables        0        1        2        3
 *   one        waits   (wants)             has       first 3, then, in a second turn, 0 and 1
 *   the other             has    waits   (wants)     1, 2 and 3
 *   harness     has               has                lets go when both wait
 * </pre>
 *
 * Recovered: all of these requests are decided.
 */
final class Deadlock implements Fault {

    private static final Duration MEET = Duration.ofSeconds(4);
    /** Less than a transaction may take. That it was a deadlock, which the database found, its counter says. */
    private static final Duration RESOLVED = Duration.ofSeconds(4);

    private static final Duration COUNTED = Duration.ofSeconds(5);

    @Override
    public Effect inject(Stage stage, Random dice) throws Group.Away {
        OwnRequests own = stage.own();
        Optional<List<Integer>> partitions = partitionsOfTwo(stage);
        if (partitions.isEmpty()) {
            return Effect.harmless("one worker had all partitions: there were no two");
        }
        int one = partitions.get().get(0);
        int other = partitions.get().get(1);
        Instant evening = own.anotherEvening();
        Instant elsewhen = own.anotherEvening();
        long counted = deadlocks(own);
        List<RequestMessage> asked = new ArrayList<>();
        boolean met;
        long since;
        try (Connection harness = stage.cluster().dataSource().getConnection()) {
            harness.setAutoCommit(false);
            int pid = take(harness, own, 0, evening);
            take(harness, own, 2, evening);
            asked.add(own.place(one, own.table(3), evening));
            RequestMessage withdrawn = own.place(one, own.table(7), elsewhen);
            asked.add(withdrawn);
            asked.add(own.withdraw(one, withdrawn));
            asked.add(own.place(one, own.table(0), evening));
            asked.add(own.place(one, own.table(1), evening));
            asked.add(own.place(other, own.table(1), evening));
            asked.add(own.place(other, own.table(2), evening));
            asked.add(own.place(other, own.table(3), evening));
            own.flush();
            met = Await.until(MEET, () -> waitingFor(own, pid) >= 2);
            harness.rollback();
            since = System.nanoTime();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        boolean decided = own.awaitDecided(asked, Stage.LIMIT);
        Duration took = Duration.ofNanos(System.nanoTime() - since);
        String what = "partitions " + one + " and " + other;
        if (!decided) {
            return Effect.broken(what, "not all was decided");
        }
        if (!met) {
            return Effect.harmless(what + " did not meet");
        }
        if (!Await.until(COUNTED, () -> deadlocks(own) > counted)) {
            return Effect.broken(what, "the database counts no deadlock");
        }
        return Effect.recovered(what, Optional.of(took), RESOLVED);
    }

    private static Optional<List<Integer>> partitionsOfTwo(Stage stage) throws Group.Away {
        List<Integer> partitions = new ArrayList<>();
        for (Worker worker : stage.cluster().workers()) {
            Set<Integer> its = stage.group().partitionsOf(worker);
            its.stream().findFirst().ifPresent(partitions::add);
        }
        return partitions.size() < 2 ? Optional.empty() : Optional.of(partitions);
    }

    private static int take(Connection connection, OwnRequests own, int table, Instant from) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                """
                insert into table_occupancy (restaurant_id, table_id, starts_at, ends_at)
                select restaurant_id, id, ?, ? from dining_tables where id = ?
                returning pg_backend_pid()
                """)) {
            insert.setObject(1, from.atOffset(ZoneOffset.UTC));
            insert.setObject(2, from.plus(Duration.ofHours(1)).atOffset(ZoneOffset.UTC));
            insert.setLong(3, own.table(table));
            try (var pid = insert.executeQuery()) {
                pid.next();
                return pid.getInt(1);
            }
        }
    }

    private static int waitingFor(OwnRequests own, int pid) {
        return own.jdbc()
                .sql("select count(*) from pg_stat_activity where ? = any(pg_blocking_pids(pid))")
                .param(pid)
                .query(Integer.class)
                .single();
    }

    private static long deadlocks(OwnRequests own) {
        return own.jdbc()
                .sql("select deadlocks from pg_stat_database where datname = current_database()")
                .query(Long.class)
                .single();
    }
}
