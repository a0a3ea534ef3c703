package io.headwaiter.rules;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a party asks for: to sit down at {@code start}, so many of them, at that table or (null) at one of the house's choice.
 *
 * @param override the house's own people ask, past the rules that are the house's own: its hours, its slots, its notice and
 *     horizon, and what it says of a table that they name. Never past what is taken
 */
public record Ask(Instant start, int guests, @Nullable Long tableId, boolean override) {

    /** By the house's rules. */
    public Ask(Instant start, int guests, @Nullable Long tableId) {
        this(start, guests, tableId, false);
    }
}
