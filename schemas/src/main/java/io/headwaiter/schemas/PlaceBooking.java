package io.headwaiter.schemas;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code booking.place}: a table for a party. The message of each constraint is the stable code of its breach, the same over
 * HTTP (422) and in a dead letter; the JSON Schema {@code booking.place.json} says the same.
 *
 * @param restaurantId where
 * @param partnerId who asks
 * @param date when the party comes
 * @param guests how many, 1 to 20
 * @param tableId the table wanted; null: the house chooses
 * @param clientId the guest who books, when known to the restaurant already
 * @param client the guest who books, found by e-mail or made; null like {@code clientId}: nobody is named
 * @param reference the partner's own name for the booking
 * @param notes for the house
 * @param override asked by the house's own people, past the rules that are the house's own
 */
public record PlaceBooking(
        @Min(value = 1, message = "restaurant_id_invalid") long restaurantId,
        @Min(value = 1, message = "partner_id_invalid") long partnerId,
        @NotNull(message = "date_missing") @Nullable Instant date,
        @Min(value = 1, message = "guests_out_of_range") @Max(value = 20, message = "guests_out_of_range") int guests,
        @Min(value = 1, message = "table_id_invalid") @Nullable Long tableId,
        @Min(value = 1, message = "client_id_invalid") @Nullable Long clientId,
        @Valid @Nullable GuestDetails client,
        @Pattern(regexp = Text.REFERENCE, message = "reference_invalid") @Nullable String reference,
        @Pattern(regexp = Text.NOTES, message = "notes_invalid") @Nullable String notes,
        @Nullable Boolean override)
        implements Request {

    public static final String TYPE = "booking.place";

    @Override
    public String type() {
        return TYPE;
    }

    /**
     * When the party comes, of a request that has been found valid. Off the house's slots, where only its own people can book,
     * as precisely as the database keeps it.
     */
    public Instant start() {
        if (date == null) {
            throw new IllegalStateException("a request without a date is not valid");
        }
        return Boolean.TRUE.equals(override) ? Times.stored(date) : date;
    }

    @AssertTrue(message = "date_out_of_range")
    boolean isDateInRange() {
        return date == null || Times.inRange(date);
    }

    @AssertTrue(message = "client_ambiguous")
    boolean isClientUnambiguous() {
        return client == null || clientId == null;
    }
}
