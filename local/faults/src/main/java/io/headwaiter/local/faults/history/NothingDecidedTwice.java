package io.headwaiter.local.faults.history;

import io.headwaiter.local.faults.history.Entry.Published;
import io.headwaiter.local.faults.history.Entry.Stored;
import io.headwaiter.local.faults.history.Entry.StoredBooking;
import io.headwaiter.local.faults.history.Outcome.Booking;
import io.headwaiter.local.faults.history.Outcome.Done;
import io.headwaiter.local.faults.history.Ticket.Name;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A request has one decision, and one that books has one reservation, wherever one looks. */
final class NothingDecidedTwice implements Checker {

    private record Reference(long restaurantId, String reference) {}

    @Override
    public Finding check(History history) {
        Violations twice = new Violations("requests decided twice");
        Set<Name> decided = new HashSet<>();
        for (Stored decision : history.all(Stored.class)) {
            if (!decided.add(decision.ticket().name())) {
                twice.add("two decisions are stored about %s", decision.ticket());
            }
        }
        for (List<Published> copies : history.published().values()) {
            Published first = copies.getFirst();
            copies.stream()
                    .filter(copy -> !copy.outcome().equals(first.outcome()))
                    .findFirst()
                    .ifPresent(other -> twice.add("two decisions are published: %s and %s", first, other));
        }
        oneReservationEach(history, twice);
        return twice.found();
    }

    /** Also of callers who sent no key and heard nothing: their reference names what they asked. */
    private static void oneReservationEach(History history, Violations twice) {
        Map<Name, Long> ofRequest = new HashMap<>();
        Map<Reference, Long> ofReference = new HashMap<>();
        for (StoredBooking stored : history.all(StoredBooking.class)) {
            Booking booking = stored.booking();
            Long other = ofRequest.putIfAbsent(new Name(stored.restaurantId(), stored.request()), booking.id());
            if (other != null) {
                twice.add("request %s has made the reservations %d and %s", stored.request(), other, booking);
            }
            one(ofReference, stored.restaurantId(), booking, twice);
        }
        for (List<Published> copies : history.published().values()) {
            for (Published copy : copies) {
                if (copy.outcome() instanceof Done done) {
                    one(ofReference, copy.ticket().restaurantId(), done.booking(), twice);
                }
            }
        }
    }

    private static void one(Map<Reference, Long> reservations, long restaurant, Booking booking, Violations twice) {
        if (booking.reference() != null) {
            Long other = reservations.putIfAbsent(new Reference(restaurant, booking.reference()), booking.id());
            if (!Objects.requireNonNullElse(other, booking.id()).equals(booking.id())) {
                twice.add("what was asked for once has made the reservations %d and %s", other, booking);
            }
        }
    }
}
