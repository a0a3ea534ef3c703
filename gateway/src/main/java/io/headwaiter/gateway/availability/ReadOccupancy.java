package io.headwaiter.gateway.availability;

import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.directory.ReadPlans;
import io.headwaiter.gateway.directory.VersionedPlan;
import io.headwaiter.gateway.problems.Problem;
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
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Reads, in one round trip, what is taken on some days, what the time is, and whether the rules at hand still hold. */
@Component
class ReadOccupancy {

    /** No clock is set back by more. The last slots of a day may come that much after the next one has begun. */
    private static final Duration SET_BACK = Duration.ofHours(3);

    private static final int TRIES = 5;

    private final OneRestaurant restaurants;
    private final ReadPlans plans;

    /**
     * @param plan the rules that held then
     * @param now the database's, when it was read
     * @param snapshot which transactions had been committed, as PostgreSQL writes it. For our own eyes: it tells how busy all
     *     the other restaurants are
     */
    record Taken(FloorPlan plan, Ledger ledger, Instant now, String snapshot) {}

    ReadOccupancy(OneRestaurant restaurants, ReadPlans plans) {
        this.restaurants = restaurants;
        this.plans = plans;
    }

    /**
     * What matters for the slots of these dates, the last included. When the rules at hand are not those of the database any
     * more, the new ones are read and what is taken is read again by them, since they may look farther: the slots on offer
     * are those that the next booking is decided by.
     */
    Taken between(LocalDate first, LocalDate last, VersionedPlan atHand) {
        VersionedPlan rules = atHand;
        for (int tries = 0; tries < TRIES; tries++) {
            FloorPlan plan = rules.plan();
            Read read = read(plan.restaurantId(), startsThatMatter(first, last, plan));
            if (read.version() == rules.version()) {
                return new Taken(plan, read.ledger(), read.now(), read.snapshot());
            }
            VersionedPlan fresh = plans.of(List.of(plan.restaurantId())).get(plan.restaurantId());
            if (fresh == null) {
                // They cannot be read, and their restaurant stays as it was known before.
                return new Taken(plan, read.ledger(), read.now(), read.snapshot());
            }
            rules = fresh;
        }
        throw Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "rules_changing", "The restaurant's rules are being changed.")
                .retryAfter(1)
                .asException();
    }

    private record Read(long version, Ledger ledger, Instant now, String snapshot) {}

    private Read read(long restaurantId, Interval starts) {
        // Plain columns: the B-tree on (restaurant_id, starts_at) answers them under row level security.
        // The version and the clock come along even when nothing is taken.
        return restaurants.ask(
                restaurantId,
                """
                select r.plan_version, now() as now, pg_current_snapshot()::text as snapshot,
                       o.table_id, o.starts_at, o.ends_at, o.taken_by::text::bigint as taken_by
                from restaurants r
                left join table_occupancy o
                  on o.restaurant_id = :restaurant and o.starts_at >= :from and o.starts_at < :to
                where r.id = :restaurant
                """,
                Map.of(
                        "from", starts.start().atOffset(ZoneOffset.UTC),
                        "to", starts.end().atOffset(ZoneOffset.UTC)),
                ReadOccupancy::read);
    }

    private static Read read(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            throw Admission.restaurantNotFound().asException();
        }
        Ledger ledger = new Ledger();
        Read read = new Read(rows.getLong("plan_version"), ledger, instant(rows, "now"), rows.getString("snapshot"));
        do {
            long tableId = rows.getLong("table_id");
            if (!rows.wasNull()) {
                ledger.add(new Occupancy(
                        tableId, instant(rows, "starts_at"), instant(rows, "ends_at"), rows.getLong("taken_by")));
            }
        } while (rows.next());
        return read;
    }

    private static Instant instant(ResultSet rows, String column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Whatever overlaps the occupancy of a slot of these dates starts in here, since nothing takes longer than the longest. */
    private static Interval startsThatMatter(LocalDate first, LocalDate last, FloorPlan plan) {
        Instant daysStart = first.atStartOfDay(plan.timeZone()).toInstant();
        Instant daysEnd = last.plusDays(1).atStartOfDay(plan.timeZone()).toInstant();
        Duration longest = plan.longestOccupancy();
        return new Interval(daysStart.minus(longest), daysEnd.plus(longest).plus(SET_BACK));
    }
}
