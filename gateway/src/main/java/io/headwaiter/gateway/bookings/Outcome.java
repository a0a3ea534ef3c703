package io.headwaiter.gateway.bookings;

import io.headwaiter.schemas.BookingConfirmed;
import io.headwaiter.schemas.BookingEvent;
import io.headwaiter.schemas.BookingRejected;
import io.headwaiter.schemas.BookingRejected.InTheWay;
import org.jspecify.annotations.Nullable;

/** What became of a request. */
sealed interface Outcome {

    record Booked(BookingConfirmed event) implements Outcome {}

    /** @param reason a code, maybe one that only a newer worker knows */
    record Refused(String reason, @Nullable InTheWay inTheWay) implements Outcome {}

    static Outcome of(BookingEvent event) {
        return switch (event) {
            case BookingConfirmed confirmed -> new Booked(confirmed);
            case BookingRejected rejected -> new Refused(rejected.reason(), rejected.inTheWay());
        };
    }
}
