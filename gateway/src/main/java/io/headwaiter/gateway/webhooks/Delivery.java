package io.headwaiter.gateway.webhooks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What became of an event on its way to an endpoint, but for what is sent.
 *
 * @param eventId the {@code webhook-id} of every attempt
 * @param restaurantId null when it is about the endpoint itself
 * @param attempts since it was made, or asked for again
 * @param nextAttemptAt null: there will be none
 * @param responseStatus of the last attempt, as is what follows; null when there was none, or it was not answered
 * @param responseBody how it begins
 * @param failure why there was no answer
 */
record Delivery(
        long id,
        String eventId,
        String eventType,
        Instant eventTime,
        @Nullable Long restaurantId,
        String status,
        int attempts,
        Instant createdAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant lastAttemptAt,
        @Nullable Integer responseStatus,
        @Nullable String responseBody,
        @Nullable String failure) {

    /** Of a table that is called {@code d}. */
    static final String COLUMNS =
            """
            d.id, d.event_id, d.event_type, d.event_time, d.restaurant_id, d.status, d.attempts, d.created_at,
            d.next_attempt_at, d.last_attempt_at, d.response_status, d.response_body, d.failure
            """;

    /** @param row of {@link #COLUMNS} */
    static Delivery of(ResultSet row) throws SQLException {
        return new Delivery(
                row.getLong("id"),
                row.getString("event_id"),
                row.getString("event_type"),
                row.getObject("event_time", OffsetDateTime.class).toInstant(),
                row.getObject("restaurant_id", Long.class),
                row.getString("status"),
                row.getInt("attempts"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Hook.instant(row, "next_attempt_at"),
                Hook.instant(row, "last_attempt_at"),
                row.getObject("response_status", Integer.class),
                row.getString("response_body"),
                row.getString("failure"));
    }
}
