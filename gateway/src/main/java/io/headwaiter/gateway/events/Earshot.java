package io.headwaiter.gateway.events;

import io.headwaiter.gateway.directory.Caller;
import io.headwaiter.gateway.directory.Scope;
import io.headwaiter.schemas.BookingEvent;
import io.headwaiter.schemas.RefusalEvent;
import io.headwaiter.schemas.ReservationEvent;
import io.headwaiter.schemas.TableBlocked;
import io.headwaiter.schemas.TableUnblocked;

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
        return switch (event) {
            case ReservationEvent changed -> booker(changed) == partnerId;
            case RefusalEvent refused -> refused.partnerId() == partnerId;
            case TableBlocked blocked -> false;
            case TableUnblocked unblocked -> false;
        };
    }

    /** Events of the first version name only who asked. */
    private static long booker(ReservationEvent event) {
        Long booker = event.reservation().partnerId();
        return booker == null ? event.partnerId() : booker;
    }
}
