package io.headwaiter.gateway.events;

import io.headwaiter.gateway.directory.Caller;
import io.headwaiter.gateway.directory.Scope;
import io.headwaiter.schemas.BookingEvent;

/**
 * Which of a restaurant's events a caller hears: the house's own people all of them, a partner what is about the bookings that it
 * made itself, as it sees no others either.
 *
 * @param partnerId whose bookings, unless all
 */
record Earshot(boolean all, long partnerId) {

    static Earshot of(Caller caller) {
        return new Earshot(caller.may(Scope.STAFF) || caller.may(Scope.PLATFORM), caller.partnerId());
    }

    boolean reaches(PublishedEvent event) {
        return all || event.understood().filter(this::isOurs).isPresent();
    }

    private boolean isOurs(BookingEvent event) {
        Long concerned = event.partnerConcerned();
        return concerned != null && concerned == partnerId;
    }
}
