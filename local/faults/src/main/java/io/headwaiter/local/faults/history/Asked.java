package io.headwaiter.local.faults.history;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a caller asked for. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "asked")
public sealed interface Asked {

    /** @param reference the caller's own name for the booking: no two bookings are asked for under the same */
    record Place(Instant date, int guests, @Nullable Long tableId, @Nullable String reference) implements Asked {}

    /**
     * @param anyTable the house is to choose anew
     * @param ifVersion only while the reservation has this version
     */
    record Move(
            long reservationId,
            @Nullable Instant date,
            @Nullable Integer guests,
            @Nullable Long tableId,
            boolean anyTable,
            @Nullable Integer ifVersion)
            implements Asked {}

    /** @param ifVersion only while the reservation has this version */
    record Cancel(long reservationId, @Nullable Integer ifVersion) implements Asked {}

    /** What was asked for by another request is not wanted any more. */
    record Withdraw(Ticket request) implements Asked {}

    record Status(long reservationId, String status) implements Asked {}
}
