package io.headwaiter.gateway.bookings;

import io.headwaiter.schemas.BookingEvent;
import io.headwaiter.schemas.BookingRejected.InTheWay;
import io.headwaiter.schemas.RefusalEvent;
import org.jspecify.annotations.Nullable;

/** What became of a request. */
sealed interface Outcome {

    record Done(BookingEvent event) implements Outcome {}

    /** @param reason a code, maybe one that only a newer worker knows */
    record Refused(String reason, @Nullable InTheWay inTheWay) implements Outcome {}

    static Outcome of(BookingEvent event) {
        return event instanceof RefusalEvent refusal
                ? new Refused(refusal.reason(), refusal.inTheWay())
                : new Done(event);
    }
}
