package io.headwaiter.schemas;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code table.block}: the house keeps a table for itself, {@code [from, to)}, 31 days at the most.
 *
 * @param note for the house, in whose hands it stays
 */
public record BlockTable(
        @Min(value = 1, message = "restaurant_id_invalid") long restaurantId,
        @Min(value = 1, message = "partner_id_invalid") long partnerId,
        @Min(value = 1, message = "table_id_invalid") long tableId,
        @NotNull(message = "from_missing") @Nullable Instant from,
        @NotNull(message = "to_missing") @Nullable Instant to,
        @Pattern(regexp = Text.REASON, message = "note_invalid") @Nullable String note)
        implements Request {

    public static final String TYPE = "table.block";

    private static final Duration LONGEST = Duration.ofDays(31);

    @Override
    public String type() {
        return TYPE;
    }

    /** Of a request that has been found valid. */
    public Instant starts() {
        return Times.stored(Objects.requireNonNull(from));
    }

    /** Of a request that has been found valid. */
    public Instant ends() {
        return Times.stored(Objects.requireNonNull(to));
    }

    @AssertTrue(message = "date_out_of_range")
    boolean isDateInRange() {
        return (from == null || Times.inRange(from)) && (to == null || Times.inRange(to));
    }

    @AssertTrue(message = "block_out_of_range")
    boolean isInRange() {
        return from == null || to == null || (starts().isBefore(ends()) && !to.isAfter(from.plus(LONGEST)));
    }
}
