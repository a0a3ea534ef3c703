package io.headwaiter.worker.migrating;

import io.headwaiter.schemas.Sha256;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes the key that can make all others. What is stored is its hash. */
class MakeAdminKey {

    private static final Logger log = LoggerFactory.getLogger(MakeAdminKey.class);

    /** A key is found by an unsalted hash, which is safe for keys that nobody can guess, and for no others. */
    private static final int SHORTEST_KEY = 24;

    private final JdbcClient jdbc;
    private final MigrateProperties properties;

    MakeAdminKey(JdbcClient jdbc, MigrateProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /** To be asked before anything is made. */
    void check() {
        String key = properties.adminKey();
        if (key != null && !key.isEmpty() && key.length() < SHORTEST_KEY) {
            throw new WrongSetup("HEADWAITER_ADMIN_KEY must have at least " + SHORTEST_KEY
                    + " characters that nobody can guess: openssl rand -base64 32 gives such");
        }
    }

    void make() {
        String key = properties.adminKey();
        if (key == null || key.isEmpty()) {
            log.info("No HEADWAITER_ADMIN_KEY is given: no key is made");
            return;
        }
        // Run once at a time: of two that run at once, one leaves a partner without a key behind.
        jdbc.sql(
                        """
                        with known as (select 1 from api_keys where key_hash = :hash),
                             owner as (insert into partners (name) select 'Platform' where not exists (select from known) returning id)
                        insert into api_keys (partner_id, key_hash, scopes)
                        select id, :hash, '{bookings,clients,staff,setup,platform}' from owner
                        on conflict do nothing
                        """)
                .param("hash", Sha256.of(key.getBytes(StandardCharsets.UTF_8)))
                .update();
    }
}
