package io.headwaiter.gateway.partners;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key, but for the key itself.
 *
 * @param restaurants those that it is granted
 * @param expiresAt from when on it opens nothing; null: it stays valid
 */
record ApiKey(
        long id,
        long partnerId,
        List<String> scopes,
        List<Long> restaurants,
        Instant createdAt,
        @Nullable Instant expiresAt) {}
