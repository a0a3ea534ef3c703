package io.headwaiter.gateway.setup;

import io.headwaiter.rules.FloorPlan;
import io.headwaiter.rules.Interval;
import io.headwaiter.rules.StillFits;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The coming reservations that are outside the rules as they are now: for the house to look at, since nothing happens to them.
 *
 * @param nowOutside the first of them, by the time they come
 * @param nowOutsideTotal how many there are
 */
record NowOutside(List<Outside> nowOutside, long nowOutsideTotal) {

    private static final int MOST_SHOWN = 200;
    private static final int FETCHED_AT_ONCE = 1000;

    /**
     * @param date when the party comes
     * @param reason why it would be refused now
     */
    record Outside(long id, Instant date, int guests, long tableId, String reason) {}

    /**
     * To be asked after the first write of the transaction that changed the rules: with it came the restaurant's lock, so by now
     * every booking decided under the old rules is committed, and this statement of its own sees it.
     */
    static NowOutside of(JdbcClient jdbc, FloorPlan plan) {
        List<Outside> outside = new ArrayList<>();
        long[] total = new long[1];
        jdbc.sql(
                        """
                        select id, starts_at, ends_at, guests, table_id from reservations
                        where restaurant_id = :restaurant and starts_at > now() and status = 'confirmed'
                        order by starts_at, id
                        """)
                .param("restaurant", plan.restaurantId())
                .withFetchSize(FETCHED_AT_ONCE)
                .query(row -> {
                    Instant start =
                            row.getObject("starts_at", OffsetDateTime.class).toInstant();
                    Interval stay = new Interval(
                            start,
                            row.getObject("ends_at", OffsetDateTime.class).toInstant());
                    int guests = row.getInt("guests");
                    long table = row.getLong("table_id");
                    long id = row.getLong("id");
                    StillFits.whyNot(plan, stay, guests, table).ifPresent(reason -> {
                        total[0]++;
                        if (outside.size() < MOST_SHOWN) {
                            outside.add(new Outside(id, start, guests, table, reason.code()));
                        }
                    });
                });
        return new NowOutside(outside, total[0]);
    }
}
