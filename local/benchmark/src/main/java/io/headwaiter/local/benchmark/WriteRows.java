package io.headwaiter.local.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The database ceiling: the rows that a backlog left (guests, occupancies, reservations, decisions), written again as fast as
 * JDBC can: 200 requests a statement, one statement a transaction, two connections for each processor (one waits for the disk), and nothing looked up,
 * decided or published.
 */
final class WriteRows {

    private static final int AT_ONCE = 200;

    /** Columns of all that there is to write of a request, in the order in which they are written. */
    private static final List<String> TYPES = List.of(
            "bigint", "text", "text", "bytea", "text", "text", "text", "bigint", "bytea", "bytea", "bigint", "text",
            "text", "int", "bigint", "bigint", "bigint", "text", "bigint", "text", "text", "text");

    private static final String STORED =
            """
            select d.restaurant_id, d.id::text, d.kind, d.fingerprint, d.outcome, d.reason, d.detail::text, d.reservation_id,
                   d.event_headers, d.event_data,
                   r.id, r.starts_at::text, r.ends_at::text, r.guests, r.table_id, r.client_id, r.partner_id, o.ends_at::text,
                   c.id, c.name, c.email, c.phone
            from booking_requests d
            left join reservations r on r.restaurant_id = d.restaurant_id and r.id = d.reservation_id
            left join table_occupancy o on o.restaurant_id = r.restaurant_id and o.starts_at = r.starts_at and o.table_id = r.table_id
            left join clients c on c.restaurant_id = r.restaurant_id and c.id = r.client_id
            order by d.decided_at, d.id
            """;

    private static final String WRITE =
            """
            with rows as materialized (
              select * from unnest(?::bigint[], ?::text[], ?::text[], ?::bytea[], ?::text[], ?::text[], ?::text[], ?::bigint[],
                                   ?::bytea[], ?::bytea[], ?::bigint[], ?::text[], ?::text[], ?::int[], ?::bigint[], ?::bigint[],
                                   ?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[])
                as r(restaurant_id, request_id, kind, fingerprint, outcome, reason, detail, reservation_id, headers, data, id,
                     starts_at, ends_at, guests, table_id, client_id, partner_id, taken_until, guest_id, name, email, phone)
            ), guests as (
              insert into clients (restaurant_id, id, name, email, phone)
              select restaurant_id, guest_id, name, email, phone from rows where guest_id is not null
            ), taken as (
              insert into table_occupancy (restaurant_id, table_id, starts_at, ends_at, reservation_id)
              select restaurant_id, table_id, starts_at::timestamptz, taken_until::timestamptz, id from rows where id is not null
            ), reserved as (
              insert into reservations (restaurant_id, id, starts_at, ends_at, guests, table_id, client_id, partner_id, request_id)
              select restaurant_id, id, starts_at::timestamptz, ends_at::timestamptz, guests, table_id, client_id, partner_id,
                     request_id::uuid
              from rows where id is not null
            )
            insert into booking_requests (restaurant_id, id, kind, fingerprint, outcome, reason, detail, reservation_id,
                                          event_headers, event_data)
            select restaurant_id, request_id::uuid, kind, fingerprint, outcome, reason, detail::jsonb, reservation_id, headers, data
            from rows
            """;

    /** What makes up the guest, and is written with the first booking of theirs only. */
    private static final int GUEST_AT = 18;

    private record Row(@Nullable Object[] values) {

        long restaurant() {
            return (Long) Objects.requireNonNull(values[0]);
        }
    }

    private final Stage stage;
    private final List<List<Row>> byConnection;

    private WriteRows(Stage stage, List<List<Row>> byConnection) {
        this.stage = stage;
        this.byConnection = byConnection;
    }

    /** Reads them from where they were decided. */
    static WriteRows asStored(Stage stage) {
        int connections = 2 * Runtime.getRuntime().availableProcessors();
        List<List<Row>> byConnection = Stream.generate(() -> (List<Row>) new ArrayList<Row>())
                .limit(connections)
                .toList();
        record Guest(Object restaurant, Object id) {}
        Set<Guest> written = new HashSet<>();
        JdbcClient.create(stage.dataSource()).sql(STORED).query((ResultSet each) -> {
            Row row = read(each);
            @Nullable Object[] values = row.values();
            if (values[GUEST_AT] != null
                    && !written.add(new Guest(row.restaurant(), Objects.requireNonNull(values[GUEST_AT])))) {
                Arrays.fill(values, GUEST_AT, values.length, null);
            }
            // A restaurant's rows meet nobody else's.
            byConnection.get((int) (row.restaurant() % connections)).add(row);
        });
        return new WriteRows(stage, byConnection);
    }

    private static Row read(ResultSet each) throws SQLException {
        @Nullable Object[] values = new Object[TYPES.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = each.getObject(i + 1);
        }
        return new Row(values);
    }

    /** @param town the same restaurants, in a fresh database */
    Run again(Run run, Town town) {
        int requests = byConnection.stream().mapToInt(List::size).sum();
        Progress.say("%s, %s: writing %,d for %d restaurants"
                .formatted(run.load(), run.contestant(), requests, town.plans().size()));
        Usage before = Usage.now(stage, Map.of());
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(byConnection.size())) {
            CompletableFuture.allOf(byConnection.stream()
                            .map(rows -> CompletableFuture.runAsync(() -> write(rows), threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        run.with("requests", requests).with(Figures.DECIDED, requests / seconds);
        Usage.now(stage, Map.of()).since(before).into(run, requests, seconds);
        run.with("decided a transaction", AT_ONCE);
        CheckBookings check = new CheckBookings(stage.jdbc());
        check.tables(run);
        check.decisions(run, requests);
        return run;
    }

    private void write(List<Row> rows) {
        try (Connection connection = stage.rivalDataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(WRITE)) {
            for (int from = 0; from < rows.size(); from += AT_ONCE) {
                List<Row> some = rows.subList(from, Math.min(from + AT_ONCE, rows.size()));
                for (int column = 0; column < TYPES.size(); column++) {
                    int each = column;
                    Object[] values =
                            some.stream().map(row -> row.values()[each]).toArray(this.like(column, some.size()));
                    statement.setArray(column + 1, connection.createArrayOf(TYPES.get(column), values));
                }
                statement.executeUpdate();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the rows cannot be written again", e);
        }
    }

    private IntFunction<Object[]> like(int column, int size) {
        return TYPES.get(column).equals("bytea") ? any -> new byte[size][] : any -> new Object[size];
    }
}
