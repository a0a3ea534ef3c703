package io.headwaiter.gateway.availability;

import io.headwaiter.gateway.tenancy.OneRestaurant;
import io.headwaiter.rules.FloorPlan;
import io.headwaiter.rules.Interval;
import io.headwaiter.rules.Ledger;
import io.headwaiter.rules.Occupancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.stereotype.Component;

/** Reads, in one query, what is taken on a day and what the time is. */
@Component
class ReadOccupancy {

    /** No clock is set back by more. The last slots of a day may come that much after the next one has begun. */
    private static final Duration SET_BACK = Duration.ofHours(3);

    private final OneRestaurant restaurants;

    /** @param now the database's, when it was read */
    record Taken(Ledger ledger, Instant now) {}

    ReadOccupancy(OneRestaurant restaurants) {
        this.restaurants = restaurants;
    }

    Taken on(LocalDate date, FloorPlan plan) {
        Interval starts = startsThatMatter(date, plan);
        // Plain columns: the B-tree on (restaurant_id, starts_at) answers under row level security, `during &&` would
        // not.
        // The clock comes along even when nothing is taken.
        return restaurants.read(plan.restaurantId(), jdbc -> jdbc.sql(
                        """
                        select clock.now, o.table_id, o.starts_at, o.ends_at, o.taken_by::text::bigint as taken_by
                        from (select now()) as clock(now)
                        left join table_occupancy o
                          on o.restaurant_id = :restaurant and o.starts_at >= :from and o.starts_at < :to
                        """)
                .param("restaurant", plan.restaurantId())
                .param("from", starts.start().atOffset(ZoneOffset.UTC))
                .param("to", starts.end().atOffset(ZoneOffset.UTC))
                .query(ReadOccupancy::taken));
    }

    private static Taken taken(ResultSet rows) throws SQLException {
        Ledger ledger = new Ledger();
        Instant now = Instant.MIN;
        while (rows.next()) {
            now = instant(rows, "now");
            long tableId = rows.getLong("table_id");
            if (!rows.wasNull()) {
                ledger.add(new Occupancy(
                        tableId, instant(rows, "starts_at"), instant(rows, "ends_at"), rows.getLong("taken_by")));
            }
        }
        return new Taken(ledger, now);
    }

    private static Instant instant(ResultSet rows, String column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Whatever overlaps the occupancy of a slot of this date starts in here, since nothing takes longer than the longest. */
    private static Interval startsThatMatter(LocalDate date, FloorPlan plan) {
        Instant dayStarts = date.atStartOfDay(plan.timeZone()).toInstant();
        Instant dayEnds = date.plusDays(1).atStartOfDay(plan.timeZone()).toInstant();
        Duration longest = plan.longestOccupancy();
        return new Interval(dayStarts.minus(longest), dayEnds.plus(longest).plus(SET_BACK));
    }
}
