package io.headwaiter.gateway.clients;

import io.headwaiter.schemas.GuestDetails;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A guest as the restaurant knows them.
 *
 * @param name null, as are e-mail and phone, once the client was anonymized
 * @param version counts the changes, from 1 on
 */
record Client(
        long id,
        @Nullable String name,
        @Nullable String email,
        @Nullable String phone,
        int version,
        Instant createdAt,
        @Nullable Instant anonymizedAt) {

    static final String COLUMNS = "id, name, email, phone, version, created_at, anonymized_at";

    /** @param row of {@link #COLUMNS} */
    static Client of(ResultSet row) throws SQLException {
        OffsetDateTime anonymizedAt = row.getObject("anonymized_at", OffsetDateTime.class);
        return new Client(
                row.getLong("id"),
                row.getString("name"),
                row.getString("email"),
                row.getString("phone"),
                row.getInt("version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                anonymizedAt == null ? null : anonymizedAt.toInstant());
    }

    GuestDetails details() {
        return new GuestDetails(name, email, phone);
    }
}
