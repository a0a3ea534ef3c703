package io.headwaiter.worker.deciding;

import io.headwaiter.rules.Confirmed;
import io.headwaiter.rules.Occupancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The ledger of taken table time: looks into it, and takes from it. */
@Component
class TableTimes {

    private final JdbcClient jdbc;

    private record Place(long restaurantId, long tableId, Instant startsAt) {}

    TableTimes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is taken around the times asked for: all that a decision on them can depend on. */
    Ledgers around(List<Undecided> requests) {
        // The B-tree on (restaurant_id, starts_at, table_id) answers this, the tables included. No occupancy is longer
        // than the plan says, so none that reaches into a window starts before it.
        return ledgers(
                requests,
                """
                select o.restaurant_id, o.table_id, o.starts_at, o.ends_at, o.taken_by::text::bigint
                from unnest(:restaurants, :tables, :froms::timestamptz[], :tos::timestamptz[])
                     as w(restaurant_id, tables, from_, to_)
                cross join lateral (
                  select * from table_occupancy t
                  where t.restaurant_id = w.restaurant_id and t.starts_at >= w.from_ and t.starts_at < w.to_
                    and t.table_id = any (w.tables::bigint[]) offset 0) o
                """);
    }

    /**
     * The same after a lost race. It must show whatever made the constraint refuse, a row put in by hand and longer than
     * any rule allows included; so it asks the constraint's own index.
     */
    Ledgers overlapping(List<Undecided> requests) {
        return ledgers(
                requests,
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

    private Ledgers ledgers(List<Undecided> requests, String sql) {
        Ledgers ledgers = new Ledgers();
        List<Window> windows = Window.around(requests);
        if (windows.isEmpty()) {
            return ledgers;
        }
        Columns<Window> rows = new Columns<>(windows);
        // A table may stand in several windows.
        Set<Place> seen = new HashSet<>();
        jdbc.sql(sql)
                .param("restaurants", rows.longs(Window::restaurantId))
                .param("tables", rows.texts(Window::tablesAsText))
                .param("froms", rows.texts(window -> window.during().start()))
                .param("tos", rows.texts(window -> window.during().end()))
                .query(row -> {
                    Place place = place(row);
                    if (seen.add(place)) {
                        ledgers.of(place.restaurantId())
                                .add(new Occupancy(place.tableId(), place.startsAt(), instant(row, 4), row.getLong(5)));
                    }
                });
        return ledgers;
    }

    /**
     * Takes the time of the tables that these requests were given, and gives each that got it the id of its reservation.
     *
     * @return how many got it; the others lost a race against another partition
     */
    int take(List<Undecided> winners) {
        if (winners.isEmpty()) {
            return 0;
        }
        // Sorted, so that two batches that want the same places wait for one another in one direction only.
        Columns<Undecided> rows = new Columns<>(winners.stream()
                .sorted(Comparator.comparingLong(Undecided::restaurantId)
                        .thenComparingLong(request -> request.given().table().id())
                        .thenComparing(request -> request.given().occupancy().start()))
                .toList());
        Map<Place, Undecided> wanted = new HashMap<>();
        for (Undecided request : winners) {
            Confirmed given = request.given();
            wanted.put(
                    new Place(
                            request.restaurantId(),
                            given.table().id(),
                            given.occupancy().start()),
                    request);
        }
        int[] taken = {0};
        jdbc.sql(
                        """
                        insert into table_occupancy (restaurant_id, table_id, starts_at, ends_at, reservation_id)
                        select restaurant_id, table_id, starts_at, ends_at, nextval('reservation_ids')
                        from unnest(:restaurants, :tables, :starts::timestamptz[], :ends::timestamptz[])
                             as w(restaurant_id, table_id, starts_at, ends_at)
                        on conflict do nothing
                        returning restaurant_id, table_id, starts_at, reservation_id
                        """)
                .param("restaurants", rows.longs(Undecided::restaurantId))
                .param("tables", rows.longs(request -> request.given().table().id()))
                .param(
                        "starts",
                        rows.texts(request -> request.given().occupancy().start()))
                .param("ends", rows.texts(request -> request.given().occupancy().end()))
                .query(row -> {
                    Undecided request = Objects.requireNonNull(wanted.get(place(row)));
                    request.reservationId = row.getLong(4);
                    taken[0]++;
                });
        return taken[0];
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(row.getLong(1), row.getLong(2), instant(row, 3));
    }

    /** By way of the old type, which the driver makes of what the server sends without a calendar in between. */
    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
