package io.headwaiter.local.faults.load;

import io.headwaiter.local.faults.history.Entry.StoredBooking;
import io.headwaiter.local.faults.history.Entry.StoredTime;
import io.headwaiter.local.faults.history.Outcome.Booking;
import io.headwaiter.local.faults.history.ReadEvent;
import io.headwaiter.local.faults.history.Recorder;
import io.headwaiter.local.faults.history.Ticket;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.UnreadableMessage;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Writes down what the database holds when all is over. */
public final class ReadStored {

    private static final int ROWS_AT_ONCE = 2_000;

    private ReadStored() {}

    private interface Row {
        void read(ResultSet row) throws SQLException;
    }

    /** @param database as its superuser, whom no wall stops */
    public static void into(Recorder history, DataSource database) {
        try (Connection connection = database.getConnection()) {
            // Rows come in portions only within a transaction; and what is read is of one moment.
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            each(
                    connection,
                    """
                    select restaurant_id, id, fingerprint, kind, reservation_id, event_headers, event_data
                    from booking_requests
                    """,
                    row -> decision(row, history));
            each(
                    connection,
                    """
                    select restaurant_id, request_id, id, table_id, starts_at, ends_at, guests, status, version, reference
                    from reservations
                    """,
                    row -> booking(row, history));
            each(
                    connection,
                    "select restaurant_id, table_id, starts_at, ends_at, reservation_id, block_id from table_occupancy",
                    row -> time(row, history));
            connection.rollback();
        } catch (SQLException failure) {
            throw new IllegalStateException("the database cannot be read", failure);
        }
    }

    private static void each(Connection connection, String sql, Row each) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    each.read(rows);
                }
            }
        }
    }

    private static void decision(ResultSet row, Recorder history) throws SQLException {
        ByteBuffer fingerprint = ByteBuffer.wrap(row.getBytes(3));
        Ticket ticket = new Ticket(
                row.getLong(1), row.getObject(2, UUID.class), new UUID(fingerprint.getLong(), fingerprint.getLong()));
        try {
            history.record(ReadEvent.stored(
                    ticket, row.getString(4), number(row, 5), FrozenEvent.thaw(row.getBytes(6), row.getBytes(7))));
        } catch (UnreadableMessage unreadable) {
            throw new IllegalStateException("the event stored about " + ticket + " cannot be read", unreadable);
        }
    }

    private static void booking(ResultSet row, Recorder history) throws SQLException {
        history.record(new StoredBooking(
                row.getLong(1),
                row.getObject(2, UUID.class),
                new Booking(
                        row.getLong(3),
                        row.getLong(4),
                        instant(row, 5),
                        instant(row, 6),
                        row.getInt(7),
                        row.getString(8).intern(),
                        row.getInt(9),
                        row.getString(10))));
    }

    private static void time(ResultSet row, Recorder history) throws SQLException {
        history.record(new StoredTime(
                row.getLong(1), row.getLong(2), instant(row, 3), instant(row, 4), number(row, 5), number(row, 6)));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }
}
