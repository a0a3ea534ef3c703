package io.headwaiter.gateway.bookings;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headwaiter.schemas.ReservationEvent;
import io.headwaiter.schemas.ReservationFacts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reservation as callers see it.
 *
 * @param date when the party comes
 * @param end when it leaves
 * @param clientId null when nobody is named
 * @param cancelReason what was said when it was cancelled
 * @param confirmed whether the table is, or was, the party's: false once it was cancelled
 */
record Reservation(
        long id,
        Instant date,
        Instant end,
        int guests,
        long tableId,
        long restaurantId,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long clientId,
        boolean confirmed,
        String status,
        int version,
        @Nullable String reference,
        @Nullable String notes,
        @Nullable String cancelReason) {

    static final String CANCELLED = "cancelled";

    /** @param notes are not in the event, which goes to everybody */
    static Reservation of(ReservationEvent event, @Nullable String notes) {
        ReservationFacts facts = event.reservation();
        return new Reservation(
                facts.id(),
                facts.date(),
                facts.end(),
                facts.guests(),
                facts.tableId(),
                event.restaurantId(),
                facts.clientId(),
                !facts.status().equals(CANCELLED),
                facts.status(),
                facts.version(),
                facts.reference(),
                notes,
                null);
    }
}
