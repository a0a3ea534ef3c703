package io.headwaiter.worker.deciding;

import io.headwaiter.rules.Occupancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The ledger of taken table time: looks into it, and takes from it. */
@Component
class TableTimes {

    private final JdbcTemplate each;

    private record Place(long restaurantId, long tableId, Instant startsAt) {}

    TableTimes(JdbcTemplate each) {
        this.each = each;
    }

    /** What is taken around the times asked for, once the trip is made: all that a decision on them can depend on. */
    Ledgers around(List<Undecided> requests, RoundTrip trip) {
        // The B-tree on (restaurant_id, starts_at, table_id) answers this in one scan a window, with the tables.
        // Rows are compared because no other index can do that: with two plain comparisons a plan that was made while
        // the table was empty may go by the constraint's index, and read all that the restaurant ever took.
        // No occupancy is longer than the plan says, so none that reaches into a window starts before it.
        return ledgers(
                requests,
                trip,
                """
                select o.restaurant_id, o.table_id, o.starts_at, o.ends_at, o.taken_by::text::bigint
                from unnest(:restaurants, :tables, :froms::timestamptz[], :tos::timestamptz[])
                     as w(restaurant_id, tables, from_, to_)
                cross join lateral (
                  select * from table_occupancy t
                  where (t.restaurant_id, t.starts_at) >= (w.restaurant_id, w.from_)
                    and (t.restaurant_id, t.starts_at) < (w.restaurant_id, w.to_)
                    and t.table_id = any (w.tables::bigint[]) offset 0) o
                """);
    }

    /**
     * The same after a lost race, once the trip is made. It must show whatever made the constraint refuse, a row put in by
     * hand and longer than any rule allows included; so it asks the constraint's own index.
     */
    Ledgers overlapping(List<Undecided> requests, RoundTrip trip) {
        return ledgers(
                requests,
                trip,
                """
                select o.restaurant_id, o.table_id, o.starts_at, o.ends_at, o.taken_by::text::bigint
                from unnest(:restaurants, :tables, :froms::timestamptz[], :tos::timestamptz[])
                     as w(restaurant_id, tables, from_, to_)
                cross join lateral (
                  select * from table_occupancy t
                  where t.restaurant_id = w.restaurant_id and t.during && tstzrange(w.from_, w.to_)
                    and t.table_id = any (w.tables::bigint[]) offset 0) o
                """);
    }

    private Ledgers ledgers(List<Undecided> requests, RoundTrip trip, String sql) {
        Ledgers ledgers = new Ledgers();
        List<Window> windows = Window.around(requests);
        if (windows.isEmpty()) {
            return ledgers;
        }
        Columns<Window> rows = new Columns<>(windows);
        // A table may stand in several windows.
        Set<Place> seen = new HashSet<>();
        trip.sql(sql)
                .param("restaurants", rows.longs(Window::restaurantId))
                .param("tables", rows.texts(Window::tablesAsText))
                .param("froms", rows.texts(window -> window.during().start()))
                .param("tos", rows.texts(window -> window.during().end()))
                .rows(row -> {
                    Place place = place(row);
                    if (seen.add(place)) {
                        ledgers.of(place.restaurantId())
                                .add(new Occupancy(place.tableId(), place.startsAt(), instant(row, 4), row.getLong(5)));
                    }
                });
        return ledgers;
    }

    /** Gives back what these hold and will not, or not as it is. Each holds its own, so nobody is waited for. */
    void free(List<Undecided> requests) {
        record Freed(Undecided request, Occupancy held) {}
        List<Freed> freed = requests.stream()
                .flatMap(request -> request.frees().stream().map(held -> new Freed(request, held)))
                .toList();
        each.batchUpdate(
                """
                delete from table_occupancy
                where restaurant_id = ? and starts_at = ? and table_id = ? and coalesce(reservation_id, block_id) = ?
                """,
                freed,
                100,
                (statement, one) -> {
                    statement.setLong(1, one.request().restaurantId());
                    statement.setTimestamp(2, Timestamp.from(one.held().start()));
                    statement.setLong(3, one.held().tableId());
                    statement.setLong(4, Objects.requireNonNull(one.request().holder()));
                });
    }

    private record Wanted(Undecided request, Occupancy time) {

        Place place() {
            return new Place(request.restaurantId(), time.tableId(), time.start());
        }

        @Nullable
        Long reservationId() {
            return request instanceof Blocking ? null : request.holder();
        }

        @Nullable
        Long blockId() {
            return request instanceof Blocking blocking ? blocking.holder() : null;
        }
    }

    /**
     * Takes the time of the tables that these requests were given, and gives each booking to be made the id of its reservation.
     * What was not to be had is a race lost against another transaction; {@link Undecided#taken} has the rest.
     */
    void take(List<Undecided> requests, RoundTrip trip) {
        // Sorted, so that two batches that want the same places wait for one another in one direction only.
        Columns<Wanted> rows = new Columns<>(requests.stream()
                .flatMap(request -> request.takes().stream().map(time -> new Wanted(request, time)))
                .sorted(Comparator.comparingLong(
                                (Wanted wanted) -> wanted.request().restaurantId())
                        .thenComparingLong(wanted -> wanted.time().tableId())
                        .thenComparing(wanted -> wanted.time().start()))
                .toList());
        if (rows.rows().isEmpty()) {
            return;
        }
        Map<Place, Undecided> wanted = new HashMap<>();
        rows.rows().forEach(one -> wanted.put(one.place(), one.request()));
        trip.sql(
                        """
                        insert into table_occupancy (restaurant_id, table_id, starts_at, ends_at, reservation_id, block_id)
                        select restaurant_id, table_id, starts_at, ends_at,
                               case when block_id is null then coalesce(reservation_id, nextval('reservation_ids')) end, block_id
                        from unnest(:restaurants, :tables, :starts::timestamptz[], :ends::timestamptz[], :reservations, :blocks)
                             as w(restaurant_id, table_id, starts_at, ends_at, reservation_id, block_id)
                        on conflict do nothing
                        returning restaurant_id, table_id, starts_at, reservation_id
                        """)
                .param("restaurants", rows.longs(one -> one.request().restaurantId()))
                .param("tables", rows.longs(one -> one.time().tableId()))
                .param("starts", rows.texts(one -> one.time().start()))
                .param("ends", rows.texts(one -> one.time().end()))
                .param("reservations", rows.longsOrNull(Wanted::reservationId))
                .param("blocks", rows.longsOrNull(Wanted::blockId))
                .rows(row -> {
                    Undecided request = Objects.requireNonNull(wanted.get(place(row)));
                    request.taken++;
                    if (request instanceof Placement placement) {
                        placement.reservationId = row.getLong(4);
                    }
                });
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(row.getLong(1), row.getLong(2), instant(row, 3));
    }

    /** By way of the old type, which the driver makes of what the server sends without a calendar in between. */
    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
