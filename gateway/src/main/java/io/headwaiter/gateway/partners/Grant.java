package io.headwaiter.gateway.partners;

import io.headwaiter.gateway.directory.Scope;
import io.headwaiter.gateway.input.Members;
import io.headwaiter.gateway.input.ReadDateTime;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a new key is to open.
 *
 * @param scopes none: it may read how its restaurants are set up, and no more
 * @param restaurants those that it reaches; with the scope {@code platform} it reaches all
 * @param expiresAt null: it stays valid
 */
record Grant(
        @NotNull(message = "scopes_known") @Nullable List<String> scopes,
        @Size(max = 1000, message = "restaurant_unknown") List<Long> restaurants,
        @Nullable Instant expiresAt) {

    private static final Set<String> SCOPES =
            Arrays.stream(Scope.values()).map(Scope::code).collect(Collectors.toSet());
    private static final Instant BEFORE = Instant.parse("2200-01-01T00:00:00Z");

    static Grant from(Members body) {
        body.allowing(Set.of("scopes", "restaurants", "expires_at"));
        return new Grant(
                body.texts("scopes").map(Grant::distinct).orElse(null),
                body.wholeNumbers("restaurants").map(Grant::distinct).orElse(List.of()),
                expiresAt(body));
    }

    static @Nullable Instant expiresAt(Members body) {
        return body.text("expires_at")
                .map(text -> ReadDateTime.from("expires_at", text))
                .orElse(null);
    }

    private static <T> List<T> distinct(List<T> list) {
        return list.stream().distinct().toList();
    }

    @AssertTrue(message = "scopes_known")
    boolean isEachScopeKnown() {
        return scopes == null || SCOPES.containsAll(scopes);
    }

    /** That it is in the future is for the database's clock to say. */
    @AssertTrue(message = "expires_at_range")
    boolean isExpiryInRange() {
        return expiresAt == null || expiresAt.isBefore(BEFORE);
    }
}
