package io.headwaiter.schemas;

/** {@code booking.confirmed}: the party has the table. */
public record BookingConfirmed(
        String requestId, long restaurantId, long partnerId, ReservationFacts reservation, TableFacts table)
        implements ReservationEvent {

    public static final String TYPE = "booking.confirmed";

    @Override
    public String type() {
        return TYPE;
    }
}
