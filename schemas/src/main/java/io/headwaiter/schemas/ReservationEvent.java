package io.headwaiter.schemas;

/** An event that leaves a reservation behind as it says. */
public sealed interface ReservationEvent extends BookingEvent
        permits BookingConfirmed, BookingMoved, BookingCancelled, BookingStatusChanged {

    ReservationFacts reservation();

    TableFacts table();

    /** Who booked, whoever changed it. Events of the first version name only who asked. */
    @Override
    default Long partnerConcerned() {
        Long booker = reservation().partnerId();
        return booker == null ? Long.valueOf(partnerId()) : booker;
    }
}
