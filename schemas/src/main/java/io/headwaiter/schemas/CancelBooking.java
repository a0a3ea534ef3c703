package io.headwaiter.schemas;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code booking.cancel}: gives a booking's table back. A withdrawal names the request instead of the reservation; it follows
 * that request through the same partition, so it is decided after it.
 *
 * @param requestId the {@link RequestId} that was to place the booking, as text; null when {@code reservationId} is given
 * @param requestFingerprint of that request: another one under the same id is another request, and made nothing
 * @param reason for the house, in whose hands it stays
 * @param ifVersion only while the reservation has one of these versions; null: whatever it has
 * @param staff asked by the house's own people, who see every booking and are bound by no deadline; others only their partner's
 */
public record CancelBooking(
        @Min(value = 1, message = "restaurant_id_invalid") long restaurantId,
        @Min(value = 1, message = "partner_id_invalid") long partnerId,
        @Min(value = 1, message = "reservation_id_invalid") @Nullable Long reservationId,
        @Pattern(regexp = "^[0-9a-f]{32}$", message = "request_id_invalid") @Nullable String requestId,
        @Pattern(regexp = "^[0-9a-f]{32}$", message = "request_fingerprint_invalid") @Nullable
                String requestFingerprint,
        @Pattern(regexp = Text.REASON, message = "reason_invalid") @Nullable String reason,
        @Size(min = 1, max = 20, message = "if_version_invalid") @Nullable
                List<@NotNull(message = "if_version_invalid") @Min(value = 1, message = "if_version_invalid") Integer>
                        ifVersion,
        @Nullable Boolean staff)
        implements Request {

    public static final String TYPE = "booking.cancel";

    @Override
    public String type() {
        return TYPE;
    }

    @AssertTrue(message = "booking_ambiguous")
    boolean isBookingUnambiguous() {
        return (reservationId == null) == (requestId != null && requestFingerprint != null);
    }
}
