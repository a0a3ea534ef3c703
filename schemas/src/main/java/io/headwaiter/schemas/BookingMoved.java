package io.headwaiter.schemas;

import java.time.Instant;

/** {@code booking.moved}: the party comes at another time, at another table, or in another number. */
public record BookingMoved(
        String requestId,
        long restaurantId,
        long partnerId,
        ReservationFacts reservation,
        TableFacts table,
        Previous previous)
        implements ReservationEvent {

    public static final String TYPE = "booking.moved";

    /** What it was before. */
    public record Previous(Instant date, Instant end, int guests, long tableId) {}

    @Override
    public String type() {
        return TYPE;
    }
}
