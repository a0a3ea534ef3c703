package io.headwaiter.worker.retiring;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Moves what is over, a megabyte of the live table at a time, from its first page to its last. That needs no index by age, which
 * every decision would pay for. Each row is moved by one statement: it is in one place or in the other. What somebody has locked is left
 * for the next run, and nobody waits for long for what is locked here.
 */
class MoveToThePast {

    private static final int PAGES_AT_ONCE = 128;
    private static final int BLOCKS_AT_ONCE = 50;

    private static final String MONTHS_OF_RESERVATIONS =
            """
            select distinct date_trunc('month', starts_at at time zone 'UTC')::date from reservations
            where ctid >= cast(:from as tid) and ctid < cast(:to as tid) and ends_at < :before
            """;

    /** What is over has no use for its time in the ledger any more. */
    private static final String RESERVATIONS =
            """
            with over as materialized (
              select ctid as place, restaurant_id, id, starts_at, table_id from reservations
              where ctid >= cast(:from as tid) and ctid < cast(:to as tid) and ends_at < :before
              for update skip locked
            ), freed as (
              delete from table_occupancy where ctid = any (array(
                select o.place from over cross join lateral (
                  select t.ctid as place from table_occupancy t
                  where t.restaurant_id = over.restaurant_id and t.starts_at = over.starts_at and t.table_id = over.table_id
                    and t.reservation_id = over.id limit 1) o))
            ), gone as (
              delete from reservations where ctid = any (array(select place from over)) returning *
            )
            insert into past_reservations select * from gone
            """;

    private static final String MONTHS_OF_DECISIONS =
            """
            select distinct date_trunc('month', decided_at at time zone 'UTC')::date from booking_requests
            where ctid >= cast(:from as tid) and ctid < cast(:to as tid) and decided_at < :before
            """;

    /** By the decision a withdrawal finds its booking, so it stays beside that, which may be for next year. */
    private static final String DECISIONS =
            """
            with over as materialized (
              select ctid as place from booking_requests b
              where ctid >= cast(:from as tid) and ctid < cast(:to as tid) and decided_at < :before
                and (select true from reservations r
                     where r.restaurant_id = b.restaurant_id and r.id = b.reservation_id limit 1) is null
                and (select true from table_blocks t
                     where t.restaurant_id = b.restaurant_id and t.id = b.block_id limit 1) is null
              for update skip locked
            ), gone as (
              delete from booking_requests where ctid = any (array(select place from over)) returning *
            )
            insert into past_booking_requests select * from gone
            """;

    /** Of a block that is over nobody asks any more. */
    private static final String BLOCKS =
            """
            with over as materialized (
              select ctid as place, restaurant_id, id from table_blocks where ends_at < :before limit :most
              for update skip locked
            ), freed as (
              delete from table_occupancy where ctid = any (array(
                select o.place from over cross join lateral (
                  select t.ctid as place from table_occupancy t
                  where t.restaurant_id = over.restaurant_id and t.block_id = over.id offset 0) o))
            )
            delete from table_blocks where ctid = any (array(select place from over))
            """;

    private final JdbcClient jdbc;
    private final RetireProperties properties;
    private final PastMonths months;
    private final ShortTransactions transactions;

    MoveToThePast(JdbcClient jdbc, RetireProperties properties, PastMonths months, ShortTransactions transactions) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.months = months;
        this.transactions = transactions;
    }

    long moveReservations(OffsetDateTime before) {
        return move("reservations", MONTHS_OF_RESERVATIONS, RESERVATIONS, before);
    }

    /** To be asked after the others: the decisions on what is live stay. */
    long moveDecisions(OffsetDateTime before) {
        return move("booking_requests", MONTHS_OF_DECISIONS, DECISIONS, before);
    }

    long deleteBlocks(OffsetDateTime before) {
        long all = 0;
        while (true) {
            int deleted = transactions.run(() -> jdbc.sql(BLOCKS)
                    .param("before", before)
                    .param("most", BLOCKS_AT_ONCE)
                    .update());
            if (deleted == 0) {
                return all;
            }
            all += deleted;
            ShortTransactions.rest(properties.pause());
        }
    }

    private long move(String table, String monthsIn, String rows, OffsetDateTime before) {
        long pages = jdbc.sql("select pg_relation_size(cast(:table as regclass)) / current_setting('block_size')::int")
                .param("table", table)
                .query(Long.class)
                .single();
        long all = 0;
        for (long page = 0; page < pages; page += PAGES_AT_ONCE) {
            long from = page;
            List<LocalDate> needed = transactions.run(() -> within(monthsIn, from, before)
                    .query((row, number) -> row.getObject(1, LocalDate.class))
                    .list());
            if (needed.isEmpty()) {
                continue;
            }
            needed.forEach(month -> months.make("past_" + table, month));
            all += transactions.run(() -> {
                // The ledger's foreign key is looked up from the ledger's side only: no index leads to the rows of one
                // reservation, since every booking would pay for it, and the check would read all of a restaurant's for
                // each.
                // What it would look for is deleted by this very statement. It holds for this transaction.
                jdbc.sql("select set_config('session_replication_role', 'replica', true)")
                        .query(String.class)
                        .single();
                return within(rows, from, before).update();
            });
            ShortTransactions.rest(properties.pause());
        }
        return all;
    }

    private StatementSpec within(String sql, long firstPage, OffsetDateTime before) {
        return jdbc.sql(sql)
                .param("from", "(" + firstPage + ",0)")
                .param("to", "(" + (firstPage + PAGES_AT_ONCE) + ",0)")
                .param("before", before);
    }
}
