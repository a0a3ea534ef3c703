package io.headwaiter.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code booking.rejected}: the request is refused, for good.
 *
 * @param reason a code; consumers accept ones they do not know
 * @param inTheWay what stood in the way, when the reason is that something was taken
 */
public record BookingRejected(
        String requestId, long restaurantId, long partnerId, String reason, Asked asked, @Nullable InTheWay inTheWay)
        implements RefusalEvent {

    public static final String TYPE = "booking.rejected";

    @Override
    public String type() {
        return TYPE;
    }

    /** What was asked, for those who did not keep it. */
    public record Asked(Instant date, int guests, @Nullable Long tableId, @Nullable String reference) {}

    /** Taken time of a table, {@code [startsAt, endsAt)}, the buffer included: of those in the way, the latest that was taken. */
    public record InTheWay(long tableId, Instant startsAt, Instant endsAt) {}
}
