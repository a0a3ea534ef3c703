package io.headwaiter.schemas;

/** An event that leaves a reservation behind as it says. */
public sealed interface ReservationEvent extends BookingEvent
        permits BookingConfirmed, BookingMoved, BookingCancelled, BookingStatusChanged {

    ReservationFacts reservation();

    TableFacts table();
}
