package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.directory.Scope;

/**
 * Whose reservations a caller sees: the house's own people all of them, a partner those that it made itself.
 *
 * @param partnerId whose, unless all
 */
record Visibility(boolean all, long partnerId) {

    static Visibility of(Admission admission) {
        return new Visibility(
                admission.caller().may(Scope.STAFF), admission.caller().partnerId());
    }
}
