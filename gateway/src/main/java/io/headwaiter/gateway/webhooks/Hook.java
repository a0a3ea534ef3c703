package io.headwaiter.gateway.webhooks;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook endpoint, but for what signs.
 *
 * @param eventTypes none: all, also those to come
 * @param restaurants none: every one that its partner's keys reach
 * @param everyBooking whether it hears of every booking there, or of its partner's own
 * @param disabledReason {@code by_partner}; {@code gone}: it answered 410; {@code failing}: nothing but failures for days
 * @param failingSince null when the last attempt was answered well, or there was none
 * @param replayingSince while it is being told again what happened since then
 * @param previousSecretUntil until then the secret before signs, too
 * @param version counts the changes, from 1 on
 */
record Hook(
        long id,
        String url,
        @Nullable String description,
        List<String> eventTypes,
        List<Long> restaurants,
        boolean everyBooking,
        boolean enabled,
        @Nullable Instant disabledAt,
        @Nullable String disabledReason,
        @Nullable Instant failingSince,
        @Nullable Instant replayingSince,
        @Nullable Instant previousSecretUntil,
        Instant createdAt,
        long version) {

    /** Of a table that is called {@code e}. */
    static final String COLUMNS =
            """
            id, url, description, event_types, every_booking, disabled_at, disabled_reason, failing_since,
            previous_secret_until, created_at, version,
            (select since from webhook_replays where endpoint_id = e.id) as replaying_since,
            array(select restaurant_id from webhook_endpoint_restaurants where endpoint_id = e.id order by restaurant_id) as restaurants
            """;

    /** @param row of {@link #COLUMNS} */
    static Hook of(ResultSet row) throws SQLException {
        Array eventTypes = row.getArray("event_types");
        Array restaurants = row.getArray("restaurants");
        Instant disabledAt = instant(row, "disabled_at");
        return new Hook(
                row.getLong("id"),
                row.getString("url"),
                row.getString("description"),
                List.of((String[]) eventTypes.getArray()),
                List.of((Long[]) restaurants.getArray()),
                row.getBoolean("every_booking"),
                disabledAt == null,
                disabledAt,
                row.getString("disabled_reason"),
                instant(row, "failing_since"),
                instant(row, "replaying_since"),
                instant(row, "previous_secret_until"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    HookDetails details() {
        return new HookDetails(url, description, eventTypes, restaurants, enabled);
    }
}
