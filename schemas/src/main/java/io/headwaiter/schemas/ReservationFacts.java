package io.headwaiter.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reservation as it is after an event. Consumers keep the one with the highest version.
 *
 * @param id unique within the restaurant
 * @param date when the party comes
 * @param end when it leaves; the buffer is not counted
 * @param clientId absent when nobody is named
 * @param status {@code confirmed}, {@code seated}, {@code completed}, {@code cancelled} or {@code no_show}
 * @param version 1 for a new booking, and one more with every change
 * @param partnerId who booked it, which may be another than who changed it; absent in events of the first version
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
        @Nullable Long partnerId,
        @Nullable String reference) {}
