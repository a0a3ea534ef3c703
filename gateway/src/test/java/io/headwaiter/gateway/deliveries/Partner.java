package io.headwaiter.gateway.deliveries;

import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.webhooks.SealSecrets;
import io.headwaiter.schemas.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who has a key, and endpoints. */
record Partner(long id, String key, JdbcClient jdbc, SealSecrets seal) {

    static Partner of(String key, Headwaiter headwaiter, SealSecrets seal) {
        long id = headwaiter
                .jdbc()
                .sql("select partner_id from api_keys where key_hash = :hash")
                .param("hash", Sha256.of(key.getBytes(StandardCharsets.UTF_8)))
                .query(Long.class)
                .single();
        return new Partner(id, key, headwaiter.jdbc(), seal);
    }

    /** One that wants all that its partner asked for, since an hour ago. */
    Endpoint endpoint(String url) {
        long endpoint = jdbc.sql(
                        """
                        insert into webhook_endpoints (partner_id, url, every_booking, secret, created_at)
                        values (:partner, :url, false, :secret, now() - interval '1 hour') returning id
                        """)
                .param("partner", id)
                .param("url", url)
                .param("secret", seal.seal(Endpoint.SECRET))
                .query(Long.class)
                .single();
        return new Endpoint(endpoint, jdbc);
    }

    record Endpoint(long id, JdbcClient jdbc) {

        static final byte[] SECRET = "a secret of thirty-two bytes ...".getBytes(StandardCharsets.UTF_8);

        /** @param assignments of columns, in SQL */
        Endpoint with(String assignments) {
            jdbc.sql("update webhook_endpoints set " + assignments + " where id = " + id)
                    .update();
            return this;
        }

        Endpoint withSecrets(byte[] current, byte[] previous, String until) {
            jdbc.sql("update webhook_endpoints set secret = :one, previous_secret = :other, previous_secret_until = "
                            + until + " where id = " + id)
                    .param("one", current)
                    .param("other", previous)
                    .update();
            return this;
        }

        Endpoint ofRestaurant(long restaurantId) {
            jdbc.sql("insert into webhook_endpoint_restaurants values (:endpoint, :restaurant)")
                    .param("endpoint", id)
                    .param("restaurant", restaurantId)
                    .update();
            return this;
        }

        Map<String, @Nullable Object> row() {
            return jdbc.sql("select *, paused_until > now() as paused from webhook_endpoints where id = " + id)
                    .query()
                    .singleRow();
        }

        /** In the order they were made. */
        List<Map<String, @Nullable Object>> deliveries() {
            return jdbc.sql(
                            """
                            select *, extract(epoch from next_attempt_at - last_attempt_at)::float8 as pause
                            from webhook_deliveries where endpoint_id = :endpoint order by id
                            """)
                    .param("endpoint", id)
                    .query()
                    .listOfRows();
        }

        List<@Nullable Object> column(String name) {
            return deliveries().stream()
                    .<@Nullable Object>map(row -> row.get(name))
                    .toList();
        }

        /** Seconds from the last attempt to the next, of its one delivery. */
        double pause() {
            return (double) Objects.requireNonNull(column("pause").getFirst());
        }

        /** Has its time come for all that is to be tried again. */
        void becomesDue() {
            jdbc.sql("update webhook_deliveries set next_attempt_at = now() where status = 'pending' and endpoint_id = "
                            + id)
                    .update();
        }
    }
}
