package io.headwaiter.schemas;

/** What was decided about a request, as {@code booking.events} tells it. Ids only: events carry no personal data. */
public sealed interface BookingEvent permits ReservationEvent, TableBlocked, TableUnblocked, RefusalEvent {

    /** The {@link RequestId} that was decided, as text. */
    String requestId();

    long restaurantId();

    /** Who asked. */
    long partnerId();

    /** The CloudEvents type, such as {@code booking.confirmed}. */
    String type();
}
