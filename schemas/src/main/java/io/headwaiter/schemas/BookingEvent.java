package io.headwaiter.schemas;

import org.jspecify.annotations.Nullable;

/** What was decided about a request, as {@code booking.events} tells it. Ids only: events carry no personal data. */
public sealed interface BookingEvent permits ReservationEvent, TableBlocked, TableUnblocked, RefusalEvent {

    /** The {@link RequestId} that was decided, as text. */
    String requestId();

    long restaurantId();

    /** Who asked. */
    long partnerId();

    /**
     * The one partner that may hear of it, besides those who hear of all that happens in the restaurant; null when there is none: what
     * the house does with its own tables is no partner's business.
     */
    default @Nullable Long partnerConcerned() {
        return null;
    }

    /** The CloudEvents type, such as {@code booking.confirmed}. */
    String type();
}
