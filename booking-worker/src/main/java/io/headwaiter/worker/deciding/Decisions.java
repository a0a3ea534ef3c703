package io.headwaiter.worker.deciding;

import io.headwaiter.rules.Occupancy;
import io.headwaiter.rules.Rejected;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.RequestId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The decisions ever made, each with its event as it was first published. */
@Component
class Decisions {

    private final JdbcClient jdbc;

    private static final Comparator<Row> IN_ONE_ORDER = Comparator.comparingLong(
                    (Row row) -> row.name().restaurantId())
            .thenComparing(row -> row.name().id().value());

    Decisions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Fails when the database is away. */
    boolean canBeAsked() {
        return jdbc.sql("select true").query(Boolean.class).single();
    }

    /** Adds the answers to those of the batch that were decided before. */
    void addMade(List<Submitted> batch, Answers answers, RoundTrip trip) {
        Columns<Submitted> asked = new Columns<>(batch);
        // Lateral and limited, here and wherever the worker looks up: so the planner cannot turn the loop inside
        // out and walk all of a table that it believes to be as empty as it once was, for each batch.
        trip.sql(
                        """
                        select d.restaurant_id, d.id, d.fingerprint, d.outcome, d.reason, d.event_headers, d.event_data
                        from unnest(:restaurants, :ids::uuid[]) as asked(restaurant_id, id)
                        cross join lateral (
                          select * from booking_requests b
                          where b.restaurant_id = asked.restaurant_id and b.id = asked.id limit 1) d
                        """)
                .param("restaurants", asked.longs(Submitted::restaurantId))
                .param("ids", asked.texts(submitted -> submitted.message().id().value()))
                .rows(row -> {
                    long restaurantId = row.getLong(1);
                    String reason = row.getString(5);
                    answers.add(
                            new RequestName(restaurantId, new RequestId(row.getObject(2, UUID.class))),
                            Fingerprint.of(row.getBytes(3)),
                            new Answer(
                                    restaurantId,
                                    FrozenEvent.thaw(row.getBytes(6), row.getBytes(7)),
                                    reason == null ? row.getString(4) : reason,
                                    true));
                });
    }

    /**
     * Writes what was decided, and adds the answers. The last statement of its transaction: whoever comes second to a
     * name waits here for the first, and is then refused by {@code decided_once}; everything must be rolled back then.
     */
    void write(List<Undecided> requests, Instant now, Answers answers, RoundTrip trip) {
        Columns<Row> rows = new Columns<>(requests.stream()
                .map(request -> Row.of(request, Events.of(request, now)))
                .sorted(IN_ONE_ORDER)
                .toList());
        trip.sql(
                        """
                        insert into booking_requests (restaurant_id, id, kind, fingerprint, outcome, reason, detail,
                                                      reservation_id, block_id, event_headers, event_data)
                        select restaurant_id, id, kind, fingerprint,
                               case when reason is null then 'confirmed' else 'rejected' end, reason,
                               case when table_id is not null then jsonb_strip_nulls(jsonb_build_object(
                                 'table_id', table_id, 'starts_at', starts_at, 'ends_at', ends_at,
                                 -- What was taken in this very batch was taken by this very transaction.
                                 'taken_by', case when taken_by = :this_batch then pg_current_xact_id()::text::bigint
                                                  else taken_by end,
                                 -- One table for each other transaction that took some.
                                 'others', (
                                   select jsonb_object_agg(
                                     case when taker = :this_batch then pg_current_xact_id()::text else taker::text end, at_table)
                                   from unnest(other_takers::bigint[], other_tables::bigint[]) as o(taker, at_table)))) end,
                               reservation_id, block_id, event_headers, event_data
                        from unnest(:restaurants, :ids::uuid[], :kinds, :fingerprints, :reasons, :tables, :starts::timestamptz[],
                                    :ends::timestamptz[], :takers, :other_takers, :other_tables, :reservations, :blocks, :headers, :data)
                             as d(restaurant_id, id, kind, fingerprint, reason, table_id, starts_at,
                                  ends_at, taken_by, other_takers, other_tables, reservation_id, block_id,
                                  event_headers, event_data)
                        """)
                .param("this_batch", Occupancy.NOW)
                .param("restaurants", rows.longs(row -> row.name().restaurantId()))
                .param("ids", rows.texts(row -> row.name().id().value()))
                .param("kinds", rows.texts(Row::kind))
                .param("fingerprints", rows.bytes(row -> row.fingerprint().bytes()))
                .param("reasons", rows.textsOrNull(Row::reason))
                .param("tables", rows.longsOrNull(row -> row.ifInTheWay(Occupancy::tableId)))
                .param("starts", rows.textsOrNull(row -> row.ifInTheWay(Occupancy::start)))
                .param("ends", rows.textsOrNull(row -> row.ifInTheWay(Occupancy::end)))
                .param("takers", rows.longsOrNull(row -> row.ifInTheWay(Occupancy::takenBy)))
                .param("other_takers", rows.texts(row -> row.ofOthers(Occupancy::takenBy)))
                .param("other_tables", rows.texts(row -> row.ofOthers(Occupancy::tableId)))
                .param("reservations", rows.longsOrNull(Row::reservationId))
                .param("blocks", rows.longsOrNull(Row::blockId))
                .param("headers", rows.bytes(row -> row.answer().event().headersAsBytes()))
                .param("data", rows.bytes(row -> row.answer().event().data()));
        for (Row row : rows.rows()) {
            answers.add(row.name(), row.fingerprint(), row.answer());
        }
    }

    private record Row(
            RequestName name,
            String kind,
            Fingerprint fingerprint,
            @Nullable String reason,
            @Nullable Occupancy inTheWay,
            List<Occupancy> others,
            @Nullable Long reservationId,
            @Nullable Long blockId,
            Answer answer) {

        static Row of(Undecided request, Answer answer) {
            Rejected refused = request.decision() instanceof Rejected rejected ? rejected : null;
            return new Row(
                    RequestName.of(request.submitted),
                    request.submitted.message().asked().type(),
                    request.submitted.message().fingerprint(),
                    refused == null ? null : refused.reason().code(),
                    refused == null ? null : refused.inTheWay(),
                    refused == null ? List.of() : refused.others(),
                    switch (request) {
                        case Placement placement -> placement.reservationId;
                        case Change change -> change.namesOrFound();
                        case Blocking blocking -> null;
                    },
                    request instanceof Blocking blocking && refused == null ? blocking.holder() : null,
                    answer);
        }

        /** As an array in PostgreSQL's own writing: a list of arrays of different lengths is none that it knows. */
        String ofOthers(Function<Occupancy, Long> value) {
            return others.stream().map(value).map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
        }

        <V> @Nullable V ifInTheWay(Function<Occupancy, V> value) {
            return inTheWay == null ? null : value.apply(inTheWay);
        }
    }
}
