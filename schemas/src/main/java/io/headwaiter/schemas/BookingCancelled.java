package io.headwaiter.schemas;

/** {@code booking.cancelled}: the party does not come, and its table is free again. */
public record BookingCancelled(
        String requestId, long restaurantId, long partnerId, ReservationFacts reservation, TableFacts table)
        implements ReservationEvent {

    public static final String TYPE = "booking.cancelled";

    @Override
    public String type() {
        return TYPE;
    }
}
