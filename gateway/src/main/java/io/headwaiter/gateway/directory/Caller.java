package io.headwaiter.gateway.directory;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who a key stands for, and how far it reaches.
 *
 * @param keyId the key's own, by which it can be named to anybody
 * @param restaurants those that the key is granted
 * @param expiresAt from when on the key opens nothing; null: it stays valid
 */
public record Caller(
        long keyId, long partnerId, Set<Scope> scopes, Set<Long> restaurants, @Nullable Instant expiresAt) {

    public Caller {
        scopes = Set.copyOf(scopes);
        restaurants = Set.copyOf(restaurants);
    }

    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }

    boolean isValidAt(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }

    public boolean reaches(long restaurantId) {
        return may(Scope.PLATFORM) || restaurants.contains(restaurantId);
    }
}
