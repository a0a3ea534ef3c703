package io.headwaiter.local.benchmark.rivals;

import io.headwaiter.rules.Interval;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A booking that the rules allow, if one of these tables is free.
 *
 * @param tables in the order in which the house gives them away
 * @param occupancy the stay and the buffer after it
 * @param longestMinutes no occupancy of this restaurant is longer
 */
record Booking(
        long restaurantId,
        long partnerId,
        UUID requestId,
        int guests,
        List<Long> tables,
        Interval stay,
        Interval occupancy,
        int longestMinutes,
        Guest guest,
        @Nullable String reference,
        @Nullable String notes) {

    record Guest(String name, String email, @Nullable String phone) {}

    /** What it got. */
    record Made(long reservationId, long tableId, long clientId) {}
}
