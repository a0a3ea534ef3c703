package io.headwaiter.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code booking.confirmed}: the party has the table. */
public record BookingConfirmed(
        String requestId, long restaurantId, long partnerId, ReservationFacts reservation, TableFacts table)
        implements BookingEvent {

    public static final String TYPE = "booking.confirmed";

    /**
     * @param id unique within the restaurant
     * @param date when the party comes
     * @param end when it leaves; the buffer is not counted
     * @param clientId absent when nobody was named
     * @param status {@code confirmed}
     * @param version 1 for a new booking; consumers keep the highest they saw
     * @param reference the partner's own name for the booking
     */
    public record ReservationFacts(
            long id,
            Instant date,
            Instant end,
            int guests,
            long tableId,
            @Nullable Long clientId,
            String status,
            int version,
            @Nullable String reference) {}

    /** @param capacity the largest party the table seats */
    public record TableFacts(long id, String name, int capacity) {}
}
