package io.headwaiter.local.benchmark.rivals;

import io.headwaiter.local.benchmark.rivals.Booking.Made;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/**
 * Books in one statement, which is its own transaction: one round trip. It finds a free table and the guest, or makes the guest,
 * takes the table's time and writes the reservation. Plain JDBC, because anything on top only costs.
 */
@Component
class Book {

    /**
     * The guest comes before the table, so that two bookings wait for one another in one direction only. The B-tree on
     * (restaurant_id, starts_at, table_id) answers what is taken, in one scan for all tables.
     */
    private static final String BOOK =
            """
            with asked as materialized (
              select ?::bigint as restaurant_id, ?::timestamptz as starts_at, ?::timestamptz as ends_at,
                     ?::timestamptz as taken_until, ?::text as name, ?::text as email, ?::text as phone
            ), free as materialized (
              select t.id from unnest(?::bigint[]) as t(id)
              where t.id <> all (array(
                select o.table_id from table_occupancy o
                where o.restaurant_id = ?::bigint and o.starts_at > ?::timestamptz and o.starts_at < ?::timestamptz
                  and o.ends_at > ?::timestamptz))
              limit 1
            ), found as materialized (
              select c.id from clients c where c.restaurant_id = ?::bigint and c.email_key = lower(?::text)
            ), made as (
              insert into clients (restaurant_id, name, email, phone)
              select restaurant_id, name, email, phone from asked
              where exists (select from free) and not exists (select from found)
              on conflict on constraint client_email_taken do nothing
              returning id
            ), guest as materialized (
              select id from found union all select id from made
            ), taken as (
              insert into table_occupancy (restaurant_id, table_id, starts_at, ends_at, reservation_id)
              select a.restaurant_id, free.id, a.starts_at, a.taken_until, nextval('reservation_ids') from asked a, free, guest
              on conflict do nothing
              returning table_id, reservation_id
            ), reserved as (
              insert into reservations (restaurant_id, id, starts_at, ends_at, guests, table_id, client_id, partner_id, request_id,
                                        reference, notes)
              select a.restaurant_id, taken.reservation_id, a.starts_at, a.ends_at, ?::smallint, taken.table_id, guest.id,
                     ?::bigint, ?::uuid, ?::text, ?::text
              from asked a, taken, guest
              returning id, table_id, client_id
            )
            select (select id from free), r.id, r.table_id, r.client_id from (select) one left join reserved r on true
            """;

    /** PostgreSQL's {@code serialization_failure} and {@code deadlock_detected}. */
    private static final String TRY_AGAIN = "40";

    private static final int MOST_TRIES = 50;

    private final DataSource database;

    Book(DataSource database) {
        this.database = database;
    }

    /** Empty when every table is taken. */
    Optional<Made> book(Booking booking) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = database.getConnection();
                    PreparedStatement statement = connection.prepareStatement(BOOK)) {
                fill(statement, booking);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    long id = row.getLong(2);
                    if (!row.wasNull()) {
                        return Optional.of(new Made(id, row.getLong(3), row.getLong(4)));
                    }
                    row.getLong(1);
                    if (row.wasNull()) {
                        return Optional.empty();
                    }
                    // Another was faster at that table, or with that guest: what it did can be seen now.
                }
            } catch (SQLException conflict) {
                String state = conflict.getSQLState();
                if (state == null || !state.startsWith(TRY_AGAIN) || attempt == MOST_TRIES) {
                    throw conflict;
                }
            }
            if (attempt == MOST_TRIES) {
                throw new SQLException("lost " + MOST_TRIES + " races for a table");
            }
        }
    }

    private static void fill(PreparedStatement statement, Booking booking) throws SQLException {
        OffsetDateTime start = utc(booking.stay().start());
        int at = 1;
        statement.setLong(at++, booking.restaurantId());
        statement.setObject(at++, start);
        statement.setObject(at++, utc(booking.stay().end()));
        statement.setObject(at++, utc(booking.occupancy().end()));
        statement.setString(at++, booking.guest().name());
        statement.setString(at++, booking.guest().email());
        statement.setString(at++, booking.guest().phone());
        statement.setObject(
                at++, booking.tables().stream().mapToLong(Long::longValue).toArray());
        statement.setLong(at++, booking.restaurantId());
        statement.setObject(at++, utc(booking.stay().start().minus(Duration.ofMinutes(booking.longestMinutes()))));
        statement.setObject(at++, utc(booking.occupancy().end()));
        statement.setObject(at++, start);
        statement.setLong(at++, booking.restaurantId());
        statement.setString(at++, booking.guest().email());
        statement.setInt(at++, booking.guests());
        statement.setLong(at++, booking.partnerId());
        statement.setObject(at++, booking.requestId());
        statement.setString(at++, booking.reference());
        statement.setString(at, booking.notes());
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
