package io.headwaiter.worker.testing;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A transaction of somebody else, held open for as long as a test needs the worker to run into it. */
public final class HeldTransaction implements AutoCloseable {

    private final Connection connection;

    public HeldTransaction(DataSource database) {
        try {
            connection = database.getConnection();
            connection.setAutoCommit(false);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** @param values in the places of the question marks */
    public HeldTransaction with(String sql, Object... values) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
            return this;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Returns when so many of the worker's connections wait for a lock. */
    public static void awaitWaiting(JdbcClient jdbc, int count) {
        await("a worker that waits for a lock")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> waiting(jdbc).size() >= count);
    }

    /** The worker's connections that wait for a lock, by process id. */
    public static List<Integer> waiting(JdbcClient jdbc) {
        return jdbc.sql(
                        """
                        select pid from pg_stat_activity
                        where usename = 'headwaiter_worker' and wait_event_type = 'Lock'
                        """)
                .query((row, number) -> row.getInt(1))
                .list();
    }

    public void commit() {
        try {
            connection.commit();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Rolls back what was not committed. */
    @Override
    public void close() {
        try {
            connection.rollback();
            connection.close();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
