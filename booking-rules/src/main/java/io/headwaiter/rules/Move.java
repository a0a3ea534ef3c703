package io.headwaiter.rules;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to be different about a booking; null: as it is.
 *
 * @param tableId this table and no other. Null: the present one if that will do, else one of the house's choice
 * @param anyTable one of the house's choice, whatever the present one
 * @param staff the house's own people ask: no deadline binds them
 * @param override as in {@link Ask}
 */
public record Move(
        @Nullable Instant start,
        @Nullable Integer guests,
        @Nullable Long tableId,
        boolean anyTable,
        boolean staff,
        boolean override) {

    /** What the party then asks for, but for its table. */
    public Ask ask(Booking booking) {
        return new Ask(
                start == null ? booking.stay().start() : start,
                guests == null ? booking.guests() : guests,
                tableId,
                override);
    }
}
