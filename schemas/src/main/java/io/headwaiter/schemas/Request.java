package io.headwaiter.schemas;

/** What can be asked of the worker, through {@link Topics#REQUESTS}. Each type has a JSON Schema of its name. */
public sealed interface Request
        permits PlaceBooking, MoveBooking, CancelBooking, ChangeStatus, BlockTable, UnblockTable {

    long restaurantId();

    /** Who asks. */
    long partnerId();

    /** The CloudEvents type, such as {@code booking.place}. */
    String type();
}
