package io.headwaiter.schemas;

import org.jspecify.annotations.Nullable;

/** The request is refused, for good, and changed nothing. */
public sealed interface RefusalEvent extends BookingEvent permits BookingRejected, BookingChangeRejected {

    /** A code; consumers accept ones they do not know. */
    String reason();

    /** What stood in the way, when the reason is that something was taken. */
    BookingRejected.@Nullable InTheWay inTheWay();

    /** Who asked. */
    @Override
    default Long partnerConcerned() {
        return partnerId();
    }
}
