package io.headwaiter.worker.deciding;

import io.headwaiter.rules.Booking;
import io.headwaiter.rules.BookingStatus;
import io.headwaiter.rules.Interval;
import io.headwaiter.schemas.CancelBooking;
import io.headwaiter.schemas.TableFacts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reservations: those that are to be changed are found and locked, and what was decided is written. */
@Component
class Reservations {

    private final JdbcClient jdbc;
    private final JdbcTemplate each;

    Reservations(JdbcClient jdbc, JdbcTemplate each) {
        this.jdbc = jdbc;
        this.each = each;
    }

    /**
     * Locks what these are about, so that nobody else changes it meanwhile, and shows it to them.
     *
     * @param made the reservations that requests of this batch have made, whose decisions are not written yet
     */
    void lock(List<Change> changes, Map<Withdrawn, Long> made) {
        changes.forEach(change -> change.forget(made));
        if (changes.isEmpty()) {
            return;
        }
        Columns<Change> rows = new Columns<>(changes);
        List<Locked> locked = new ArrayList<>();
        jdbc.sql(
                        """
                        select asked.ord, l.id
                        from unnest(:restaurants, :ids, :requests::uuid[], :fingerprints)
                             with ordinality as asked(restaurant_id, id, request_id, fingerprint, ord)
                        cross join lateral (
                          select r.id from reservations r
                          where r.restaurant_id = asked.restaurant_id and r.id = coalesce(asked.id, (
                            select b.reservation_id from booking_requests b
                            where b.restaurant_id = asked.restaurant_id and b.id = asked.request_id
                              and b.fingerprint = asked.fingerprint and b.kind = 'booking.place' and b.outcome = 'confirmed'))
                          limit 1 for no key update) l
                        """)
                .param("restaurants", rows.longs(Change::restaurantId))
                .param("ids", rows.longsOrNull(Change::namedReservation))
                .param("requests", rows.textsOrNull(Reservations::namedRequest))
                .param("fingerprints", rows.bytesOrNull(Reservations::fingerprint))
                .query(row -> {
                    locked.add(new Locked(changes.get(row.getInt(1) - 1), row.getLong(2)));
                });
        if (!locked.isEmpty()) {
            read(locked);
        }
    }

    private record Locked(Change change, long id) {}

    /** By a statement of its own: what waited for a lock was found before the wait, and this one sees what came of it. */
    private void read(List<Locked> locked) {
        Columns<Locked> rows = new Columns<>(locked);
        jdbc.sql(
                        """
                        select asked.ord, r.id, r.partner_id, r.version, r.client_id, r.reference, r.guests, r.status,
                               r.starts_at, r.ends_at, r.table_id, t.name, t.capacity,
                               o.starts_at, o.ends_at, o.taken_by::text::bigint
                        from unnest(:restaurants, :ids) with ordinality as asked(restaurant_id, id, ord)
                        cross join lateral (
                          select * from reservations r
                          where r.restaurant_id = asked.restaurant_id and r.id = asked.id limit 1) r
                        cross join lateral (
                          select * from dining_tables t
                          where t.restaurant_id = r.restaurant_id and t.id = r.table_id limit 1) t
                        left join lateral (
                          select * from table_occupancy o
                          where o.restaurant_id = r.restaurant_id and o.starts_at = r.starts_at and o.table_id = r.table_id
                            and o.reservation_id = r.id limit 1) o on true
                        """)
                .param("restaurants", rows.longs(one -> one.change().restaurantId()))
                .param("ids", rows.longs(Locked::id))
                .query(row -> {
                    locked.get(row.getInt(1) - 1).change().meets(standing(row));
                });
    }

    private static @Nullable Object namedRequest(Change change) {
        Withdrawn withdrawn = change.withdraws();
        return withdrawn == null ? null : withdrawn.name().id().value();
    }

    private static byte @Nullable [] fingerprint(Change change) {
        Withdrawn withdrawn = change.withdraws();
        return withdrawn == null ? null : withdrawn.fingerprint().bytes();
    }

    private static Standing standing(ResultSet row) throws SQLException {
        Timestamp held = row.getTimestamp(14);
        TableFacts table = new TableFacts(row.getLong(11), row.getString(12), row.getInt(13));
        Booking booking = new Booking(
                row.getInt(7),
                table.id(),
                new Interval(instant(row, 9), instant(row, 10)),
                BookingStatus.of(row.getString(8)),
                held == null ? null : new Interval(held.toInstant(), instant(row, 15)));
        return new Standing(
                row.getLong(2),
                row.getLong(3),
                row.getInt(4),
                row.getObject(5, Long.class),
                row.getString(6),
                table,
                booking,
                row.getLong(16));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    /** Those of whoever got a table's time. */
    void make(List<Placement> confirmed, RoundTrip trip) {
        if (confirmed.isEmpty()) {
            return;
        }
        Columns<Placement> rows = new Columns<>(confirmed);
        trip.sql(
                        """
                        insert into reservations (restaurant_id, id, starts_at, ends_at, guests, table_id, client_id,
                                                  partner_id, request_id, reference, notes)
                        select * from unnest(:restaurants, :ids, :starts::timestamptz[], :ends::timestamptz[], :guests::smallint[],
                                             :tables, :clients, :partners, :requests::uuid[], :references, :notes)
                        """)
                .param("restaurants", rows.longs(Placement::restaurantId))
                .param("ids", rows.longsOrNull(request -> request.reservationId))
                .param("starts", rows.texts(request -> request.given().stay().start()))
                .param("ends", rows.texts(request -> request.given().stay().end()))
                .param("guests", rows.longs(request -> request.asked.guests()))
                .param("tables", rows.longs(request -> request.given().table().id()))
                .param("clients", rows.longsOrNull(request -> request.clientId))
                .param("partners", rows.longs(request -> request.asked.partnerId()))
                .param(
                        "requests",
                        rows.texts(request -> request.submitted.message().id().value()))
                .param("references", rows.textsOrNull(request -> request.asked.reference()))
                .param("notes", rows.textsOrNull(request -> request.asked.notes()));
    }

    /** As they are after these. */
    void change(List<Change> made) {
        // One statement a row, all of them sent at once: it has one plan, by the key, whatever the table holds.
        each.batchUpdate(
                """
                update reservations
                set starts_at = ?, ends_at = ?, guests = ?, table_id = ?, status = ?, version = ?, cancel_reason = ?
                where restaurant_id = ? and id = ?
                """,
                made,
                100,
                (statement, change) -> {
                    Standing after = change.after();
                    statement.setTimestamp(
                            1, Timestamp.from(after.booking().stay().start()));
                    statement.setTimestamp(
                            2, Timestamp.from(after.booking().stay().end()));
                    statement.setInt(3, after.booking().guests());
                    statement.setLong(4, after.booking().tableId());
                    statement.setString(5, after.booking().status().code());
                    statement.setInt(6, after.version());
                    statement.setString(7, change.asked instanceof CancelBooking cancel ? cancel.reason() : null);
                    statement.setLong(8, change.restaurantId());
                    statement.setLong(9, after.id());
                });
    }
}
