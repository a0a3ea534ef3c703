package io.headwaiter.local.benchmark;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What must hold in the database, however fast it got there. */
final class CheckBookings {

    private final JdbcClient jdbc;
    private final long restaurantId;

    CheckBookings(JdbcClient jdbc, Hall hall) {
        this.jdbc = jdbc;
        this.restaurantId = hall.id();
    }

    void into(Run run, int requests) {
        // What was filled a moment ago looks empty to the planner, who would then compare every row with every other.
        jdbc.sql("analyze reservations, table_occupancy, booking_requests").update();
        run.with("confirmed", count("select count(*) from reservations where restaurant_id = :restaurant"))
                .with(
                        "refused",
                        count(
                                "select count(*) from booking_requests where restaurant_id = :restaurant and outcome = 'rejected'"))
                .mustBe(
                        requests,
                        "decisions stored",
                        count("select count(*) from booking_requests where restaurant_id = :restaurant"))
                .mustBe(0, "overlaps at a table", overlaps())
                .mustBe(0, "bookings without just one occupancy", unmatched());
    }

    private long overlaps() {
        return count(
                """
                select count(*) from table_occupancy one join table_occupancy other
                  on other.restaurant_id = one.restaurant_id and other.table_id = one.table_id
                 and other.during && one.during and other.ctid > one.ctid
                where one.restaurant_id = :restaurant
                """);
    }

    /** Reservations, decisions that confirm, and occupancies belong together one to one. */
    private long unmatched() {
        return count(
                """
                select count(*) from (
                  select coalesce(r.id, o.reservation_id, d.reservation_id)
                  from (select * from reservations where restaurant_id = :restaurant) r
                  full join (select * from table_occupancy where restaurant_id = :restaurant) o on o.reservation_id = r.id
                  full join (select * from booking_requests where restaurant_id = :restaurant and outcome = 'confirmed') d
                    on d.reservation_id = coalesce(r.id, o.reservation_id)
                  group by 1
                  having count(*) <> 1 or count(r.id) <> 1 or count(o.table_id) <> 1 or count(d.id) <> 1) as odd
                """);
    }

    private long count(String sql) {
        return jdbc.sql(sql).param("restaurant", restaurantId).query(Long.class).single();
    }
}
