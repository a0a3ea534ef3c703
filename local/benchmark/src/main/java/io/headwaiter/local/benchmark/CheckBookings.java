package io.headwaiter.local.benchmark;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What must hold in the database, however fast it got there. */
final class CheckBookings {

    private final JdbcClient jdbc;

    CheckBookings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param confirmed as many as callers were told */
    void bookings(Run run, int confirmed) {
        run.mustBe(confirmed, "reservations stored", count("select count(*) from reservations"));
        tables(run);
    }

    /** No table is shared, and every booking has its own. */
    void tables(Run run) {
        run.mustBe(0, "overlaps at a table", overlaps()).mustBe(0, "bookings without just one occupancy", unmatched());
    }

    /** Of a contestant that stores them. */
    void decisions(Run run, int requests) {
        run.mustBe(requests, "decisions stored", count("select count(*) from booking_requests"))
                .mustBe(
                        0,
                        "decisions without just one booking, or the other way round",
                        count(
                                """
                                select count(*) from (select * from booking_requests where outcome = 'confirmed') d
                                full join reservations r on r.restaurant_id = d.restaurant_id and r.id = d.reservation_id
                                where d.id is null or r.id is null or r.request_id <> d.id
                                """))
                .with("refused", count("select count(*) from booking_requests where outcome = 'rejected'"));
    }

    /** By plain columns, and not by the constraint's own operator or index. */
    private long overlaps() {
        return count(
                """
                select count(*) from (
                  select starts_at, max(ends_at) over (partition by restaurant_id, table_id order by starts_at, ends_at
                                                       rows between unbounded preceding and 1 preceding) as taken_until
                  from table_occupancy) o
                where starts_at < taken_until
                """);
    }

    private long unmatched() {
        return count(
                """
                select count(*) from (
                  select from (select * from reservations where status = 'confirmed') r
                  full join table_occupancy o on o.restaurant_id = r.restaurant_id and o.reservation_id = r.id
                  group by coalesce(r.restaurant_id, o.restaurant_id), coalesce(r.id, o.reservation_id)
                  having count(*) <> 1 or count(r.id) <> 1 or count(o.table_id) <> 1
                      or min(r.table_id) <> min(o.table_id) or min(r.starts_at) <> min(o.starts_at)) as odd
                """);
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
