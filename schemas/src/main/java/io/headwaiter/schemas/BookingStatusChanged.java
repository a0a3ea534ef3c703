package io.headwaiter.schemas;

/** {@code booking.status_changed}: the party sat down, left, or never came; or that was taken back. */
public record BookingStatusChanged(
        String requestId,
        long restaurantId,
        long partnerId,
        ReservationFacts reservation,
        TableFacts table,
        String previousStatus)
        implements ReservationEvent {

    public static final String TYPE = "booking.status_changed";

    @Override
    public String type() {
        return TYPE;
    }
}
