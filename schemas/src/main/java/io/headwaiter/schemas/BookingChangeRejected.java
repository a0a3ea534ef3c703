package io.headwaiter.schemas;

import io.headwaiter.schemas.BookingRejected.InTheWay;
import org.jspecify.annotations.Nullable;

/**
 * {@code booking.change_rejected}: what was to be changed stays as it is. Whoever follows bookings only may pass it over.
 *
 * @param kind the type of the request, such as {@code booking.cancel}
 * @param reason a code; consumers accept ones they do not know
 * @param reservationId the reservation that stays as it is, when the request named one
 * @param inTheWay what stood in the way, when the reason is that something was taken
 */
public record BookingChangeRejected(
        String requestId,
        long restaurantId,
        long partnerId,
        String kind,
        String reason,
        @Nullable Long reservationId,
        @Nullable InTheWay inTheWay)
        implements RefusalEvent {

    public static final String TYPE = "booking.change_rejected";

    @Override
    public String type() {
        return TYPE;
    }
}
