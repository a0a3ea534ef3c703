package io.headwaiter.local.faults.history;

import io.headwaiter.local.faults.history.Entry.Call;
import io.headwaiter.local.faults.history.Entry.Delivered;
import io.headwaiter.local.faults.history.Entry.Published;
import io.headwaiter.local.faults.history.Entry.Stored;
import io.headwaiter.local.faults.history.Entry.StoredBooking;
import io.headwaiter.local.faults.history.Entry.Told;
import io.headwaiter.local.faults.history.Outcome.Booking;
import io.headwaiter.local.faults.history.Outcome.Done;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Has equal parts of entries be one and the same: a decision is told, published and stored, often more than once, and half a
 * million of each are to fit into a small heap. Not for several threads.
 */
final class Sharing {

    private final Map<Object, Object> known = new HashMap<>();

    Entry share(Entry entry) {
        return switch (entry) {
            case Call call ->
                new Call(
                        call.id(),
                        call.restaurantId(),
                        share(call.key()),
                        share(call.request()),
                        call.asked() instanceof Asked.Place place ? share(place) : call.asked(),
                        call.at(),
                        call.gateway());
            case Told told ->
                new Told(
                        told.call(),
                        told.at(),
                        told.polled(),
                        told.status(),
                        share(told.ticket()),
                        share(told.outcome()),
                        told.code(),
                        told.saysWhen());
            case Published event ->
                new Published(
                        event.partition(),
                        event.offset(),
                        event.type(),
                        share(event.ticket()),
                        event.decidedAt(),
                        share(event.digest()),
                        share(event.outcome()),
                        event.reservationId(),
                        share(event.asked()));
            case Stored stored ->
                new Stored(
                        share(stored.ticket()),
                        stored.kind(),
                        stored.decidedAt(),
                        stored.reason(),
                        stored.reservationId(),
                        share(stored.digest()),
                        share(stored.outcome()));
            case Delivered sent ->
                new Delivered(
                        share(sent.eventId()),
                        sent.restaurantId(),
                        share(sent.request()),
                        share(sent.body()),
                        share(sent.outcome()));
            case StoredBooking stored ->
                new StoredBooking(stored.restaurantId(), share(stored.request()), share(stored.booking()));
            default -> entry;
        };
    }

    private <T extends @Nullable Object> T share(T one) {
        if (one == null) {
            return one;
        }
        Object before = known.get(one);
        if (before == null) {
            Object first = parts(one);
            known.put(first, first);
            before = first;
        }
        @SuppressWarnings("unchecked")
        T same = (T) before;
        return same;
    }

    private Object parts(Object one) {
        if (one instanceof Ticket ticket) {
            return new Ticket(ticket.restaurantId(), share(ticket.request()), ticket.fingerprint());
        }
        if (one instanceof Done done) {
            return new Done(share(done.booking()));
        }
        if (one instanceof Booking booking) {
            return new Booking(
                    booking.id(),
                    booking.tableId(),
                    slot(booking.date()),
                    slot(booking.end()),
                    booking.guests(),
                    booking.status(),
                    booking.version(),
                    share(booking.reference()));
        }
        if (one instanceof Asked.Place place) {
            return new Asked.Place(slot(place.date()), place.guests(), place.tableId(), share(place.reference()));
        }
        return one;
    }

    /** There are few. */
    private Instant slot(Instant time) {
        return share(time);
    }
}
