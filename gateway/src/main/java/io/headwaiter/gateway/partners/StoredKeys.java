package io.headwaiter.gateway.partners;

import io.headwaiter.gateway.input.Breach;
import io.headwaiter.gateway.input.CheckDocument;
import io.headwaiter.gateway.input.CheckDocument.Finding;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Keys in the database, which has their hashes only. */
@Component
class StoredKeys {

    private static final String COLUMNS =
            """
            id, partner_id, scopes, created_at, expires_at,
            array(select restaurant_id from api_key_restaurants where api_key_id = k.id order by restaurant_id) as restaurants
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    StoredKeys(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    List<ApiKey> list(long partnerId, long after, int limit) {
        return jdbc.sql("select " + COLUMNS
                        + " from api_keys k where partner_id = :partner and id > :after order by id limit :limit")
                .param("partner", partnerId)
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> key(row))
                .list();
    }

    long count(long partnerId) {
        return jdbc.sql("select count(*) from api_keys where partner_id = :partner")
                .param("partner", partnerId)
                .query(Long.class)
                .single();
    }

    private Optional<ApiKey> find(long partnerId, long id) {
        return jdbc.sql("select " + COLUMNS + " from api_keys k where partner_id = :partner and id = :id")
                .param("partner", partnerId)
                .param("id", id)
                .query((row, number) -> key(row))
                .optional();
    }

    /** @throws RuntimeException 422 when it would expire before it is made, or one of its restaurants is none */
    ApiKey add(long partnerId, Grant grant, Secret secret) {
        return transaction.execute(status -> {
            refuseThePast(grant.expiresAt());
            refuseUnknown(grant.restaurants());
            return insert(partnerId, grant, secret);
        });
    }

    /**
     * A new key that opens what the old one does, and expires when that would have; the old one goes when they have overlapped.
     *
     * @throws RuntimeException 404, or 409 when there is nothing to overlap with
     */
    ApiKey rotate(long partnerId, long id, Rotation rotation, Secret secret) {
        return transaction.execute(status -> rotateWithin(partnerId, id, rotation, secret));
    }

    private ApiKey rotateWithin(long partnerId, long id, Rotation rotation, Secret secret) {
        // Locked: two rotations at once would each take the other's overlap for what was granted.
        boolean valid = jdbc.sql(
                        """
                        select coalesce(expires_at > now(), true) from api_keys
                        where partner_id = :partner and id = :id for update
                        """)
                .param("partner", partnerId)
                .param("id", id)
                .query(Boolean.class)
                .optional()
                .orElseThrow(() -> PartnerProblems.keyNotFound().asException());
        if (!valid) {
            throw PartnerProblems.keyExpired().asException();
        }
        ApiKey old = find(partnerId, id).orElseThrow();
        expire(partnerId, id, rotation.overlapSeconds());
        return insert(partnerId, new Grant(old.scopes(), old.restaurants(), old.expiresAt()), secret);
    }

    /** Whether there is one. One that has expired stays as it is. */
    boolean revoke(long partnerId, long id) {
        return expire(partnerId, id, 0);
    }

    private boolean expire(long partnerId, long id, long seconds) {
        return jdbc.sql(
                                """
                                update api_keys
                                set expires_at = least(expires_at, now() + make_interval(secs => cast(:seconds as double precision)))
                                where partner_id = :partner and id = :id
                                """)
                        .param("partner", partnerId)
                        .param("id", id)
                        .param("seconds", seconds)
                        .update()
                > 0;
    }

    private ApiKey insert(long partnerId, Grant grant, Secret secret) {
        long id = jdbc.sql(
                        """
                        insert into api_keys (partner_id, key_hash, scopes, expires_at)
                        values (:partner, :hash, cast(:scopes as text[]), cast(:expires_at as timestamptz)) returning id
                        """)
                .param("partner", partnerId)
                .param("hash", secret.hash())
                .param("scopes", grant.scopes() == null ? null : grant.scopes().toArray(String[]::new))
                .param("expires_at", inUtc(grant.expiresAt()))
                .query(Long.class)
                .single();
        jdbc.sql(
                        """
                        insert into api_key_restaurants (api_key_id, restaurant_id)
                        select :id, unnest(cast(:restaurants as bigint[]))
                        """)
                .param("id", id)
                .param("restaurants", grant.restaurants().toArray(Long[]::new))
                .update();
        return find(partnerId, id).orElseThrow();
    }

    private void refuseThePast(@Nullable Instant expiresAt) {
        if (expiresAt != null
                && !jdbc.sql("select cast(:expires_at as timestamptz) > now()")
                        .param("expires_at", inUtc(expiresAt))
                        .query(Boolean.class)
                        .single()) {
            throw CheckDocument.problem(List.of(new Finding("expires_at", Breach.EXPIRES_AT_RANGE)))
                    .asException();
        }
    }

    /** By the one function that sees them all. One that goes in the meantime is refused by the foreign key, to the same effect. */
    private void refuseUnknown(List<Long> restaurants) {
        List<Integer> unknown = jdbc.sql(
                        """
                        select place from unnest(cast(:restaurants as bigint[])) with ordinality as asked(id, place)
                        where id not in (select restaurant_id from plan_versions()) order by place
                        """)
                .param("restaurants", restaurants.toArray(Long[]::new))
                .query((row, number) -> row.getInt(1) - 1)
                .list();
        if (!unknown.isEmpty()) {
            throw CheckDocument.problem(unknown.stream()
                            .map(place -> new Finding("restaurants[" + place + "]", Breach.RESTAURANT_UNKNOWN))
                            .toList())
                    .asException();
        }
    }

    private static @Nullable OffsetDateTime inUtc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        OffsetDateTime expiresAt = row.getObject("expires_at", OffsetDateTime.class);
        Array scopes = row.getArray("scopes");
        Array restaurants = row.getArray("restaurants");
        return new ApiKey(
                row.getLong("id"),
                row.getLong("partner_id"),
                List.of((String[]) scopes.getArray()),
                List.of((Long[]) restaurants.getArray()),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                expiresAt == null ? null : expiresAt.toInstant());
    }
}
