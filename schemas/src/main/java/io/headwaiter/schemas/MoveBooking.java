package io.headwaiter.schemas;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code booking.move}: another time, party or table for a booking, all of it or nothing. What is null stays as it is; only
 * the table does not insist: when it no longer does, the house chooses another.
 *
 * @param tableId this table and no other
 * @param anyTable the house is to choose, the present table having no right before others
 * @param ifVersion only while the reservation has one of these versions; null: whatever it has
 * @param staff asked by the house's own people, who see every booking and are bound by no deadline; others only their partner's
 * @param override past the rules that are the house's own
 */
public record MoveBooking(
        @Min(value = 1, message = "restaurant_id_invalid") long restaurantId,
        @Min(value = 1, message = "partner_id_invalid") long partnerId,
        @Min(value = 1, message = "reservation_id_invalid") long reservationId,
        @Nullable Instant date,
        @Min(value = 1, message = "guests_out_of_range") @Max(value = 20, message = "guests_out_of_range") @Nullable
                Integer guests,
        @Min(value = 1, message = "table_id_invalid") @Nullable Long tableId,
        @Nullable Boolean anyTable,
        @Size(min = 1, max = 20, message = "if_version_invalid") @Nullable
                List<@NotNull(message = "if_version_invalid") @Min(value = 1, message = "if_version_invalid") Integer>
                        ifVersion,
        @Nullable Boolean staff,
        @Nullable Boolean override)
        implements Request {

    public static final String TYPE = "booking.move";

    @Override
    public String type() {
        return TYPE;
    }

    /** When the party comes instead, as in {@link PlaceBooking#start}; null: as it was. */
    public @Nullable Instant start() {
        return date == null || !Boolean.TRUE.equals(override) ? date : Times.stored(date);
    }

    @AssertTrue(message = "date_out_of_range")
    boolean isDateInRange() {
        return date == null || Times.inRange(date);
    }

    @AssertTrue(message = "nothing_to_change")
    boolean isAChange() {
        return date != null || guests != null || tableId != null || Boolean.TRUE.equals(anyTable);
    }

    @AssertTrue(message = "table_ambiguous")
    boolean isTableUnambiguous() {
        return tableId == null || !Boolean.TRUE.equals(anyTable);
    }
}
