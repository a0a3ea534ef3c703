package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.bookings.Outcome.Refused;
import io.headwaiter.schemas.BookingRejected.InTheWay;
import org.jspecify.annotations.Nullable;

/**
 * A request as callers see it.
 *
 * @param id its token
 * @param status {@code pending}, {@code confirmed} or {@code rejected}
 * @param code why it was rejected
 */
record BookingRequest(
        String id, String status, @Nullable String code, @Nullable String detail, @Nullable InTheWay inTheWay) {

    static BookingRequest pending(String token) {
        return new BookingRequest(token, "pending", null, null, null);
    }

    static BookingRequest confirmed(String token) {
        return new BookingRequest(token, "confirmed", null, null, null);
    }

    static BookingRequest rejected(String token, Refused refused) {
        return new BookingRequest(
                token, "rejected", refused.reason(), Refusals.sentence(refused.reason()), refused.inTheWay());
    }
}
