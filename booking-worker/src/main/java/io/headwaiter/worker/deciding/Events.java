package io.headwaiter.worker.deciding;

import io.headwaiter.rules.Blocked;
import io.headwaiter.rules.Cancelled;
import io.headwaiter.rules.Confirmed;
import io.headwaiter.rules.DiningTable;
import io.headwaiter.rules.Occupancy;
import io.headwaiter.rules.Rejected;
import io.headwaiter.rules.RejectionReason;
import io.headwaiter.rules.StatusChanged;
import io.headwaiter.rules.Unblocked;
import io.headwaiter.schemas.BookingCancelled;
import io.headwaiter.schemas.BookingChangeRejected;
import io.headwaiter.schemas.BookingConfirmed;
import io.headwaiter.schemas.BookingEvent;
import io.headwaiter.schemas.BookingMoved;
import io.headwaiter.schemas.BookingRejected;
import io.headwaiter.schemas.BookingRejected.Asked;
import io.headwaiter.schemas.BookingRejected.InTheWay;
import io.headwaiter.schemas.BookingStatusChanged;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.Request;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.schemas.ReservationFacts;
import io.headwaiter.schemas.TableBlocked;
import io.headwaiter.schemas.TableFacts;
import io.headwaiter.schemas.TableUnblocked;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the event of a decision, once. Its id follows from the request's, so every copy has the same. */
final class Events {

    private Events() {}

    /** @param now the time of the transaction that decided */
    static Answer of(Undecided request, Instant now) {
        if (request.decision() instanceof Rejected refused) {
            Long reservation = request instanceof Change change ? change.namesOrFound() : null;
            return rejected(request.submitted, refused, reservation, idOf(request.submitted), now);
        }
        BookingEvent event =
                switch (request) {
                    case Placement placement -> confirmed(placement);
                    case Change change -> changed(change);
                    case Blocking blocking -> blocked(blocking);
                };
        return answer(request.submitted, event, idOf(request.submitted), Answer.CONFIRMED, now);
    }

    /**
     * The id stands for another request. Nothing is stored about this one, so its event is made anew for every delivery and
     * every retry, from what does not change: the time of the decision that stands, and an id with the payload's
     * fingerprint in it.
     */
    static Answer keyReused(Submitted submitted, Answer standing) {
        String id = idOf(submitted) + "_" + submitted.message().fingerprint();
        Rejected refused = new Rejected(RejectionReason.IDEMPOTENCY_KEY_REUSED, null);
        return rejected(
                submitted.untraced(), refused, null, id, standing.event().decidedAt());
    }

    static TableFacts facts(DiningTable table) {
        return new TableFacts(table.id(), table.name(), table.capacity());
    }

    private static BookingEvent confirmed(Placement request) {
        PlaceBooking asked = request.asked;
        Confirmed given = request.given();
        return new BookingConfirmed(
                requestId(request),
                asked.restaurantId(),
                asked.partnerId(),
                new ReservationFacts(
                        Objects.requireNonNull(request.reservationId),
                        given.stay().start(),
                        given.stay().end(),
                        asked.guests(),
                        given.table().id(),
                        request.clientId,
                        "confirmed",
                        1,
                        asked.partnerId(),
                        asked.reference()),
                facts(given.table()));
    }

    private static BookingEvent changed(Change request) {
        String id = requestId(request);
        long restaurant = request.restaurantId();
        long partner = request.asked.partnerId();
        Standing before = request.before();
        Standing after = request.after();
        ReservationFacts facts = new ReservationFacts(
                after.id(),
                after.booking().stay().start(),
                after.booking().stay().end(),
                after.booking().guests(),
                after.booking().tableId(),
                after.clientId(),
                after.booking().status().code(),
                after.version(),
                after.partnerId(),
                after.reference());
        return switch (request.decision()) {
            case Confirmed moved ->
                new BookingMoved(
                        id,
                        restaurant,
                        partner,
                        facts,
                        after.table(),
                        new BookingMoved.Previous(
                                before.booking().stay().start(),
                                before.booking().stay().end(),
                                before.booking().guests(),
                                before.booking().tableId()));
            case Cancelled cancelled -> new BookingCancelled(id, restaurant, partner, facts, after.table());
            case StatusChanged changed ->
                new BookingStatusChanged(
                        id,
                        restaurant,
                        partner,
                        facts,
                        after.table(),
                        before.booking().status().code());
            default -> throw new IllegalStateException("nothing was changed");
        };
    }

    private static BookingEvent blocked(Blocking request) {
        String id = requestId(request);
        long partner = request.asked.partnerId();
        return switch (request.decision()) {
            case Blocked blocked -> new TableBlocked(id, request.restaurantId(), partner, request.block());
            case Unblocked unblocked -> new TableUnblocked(id, request.restaurantId(), partner, request.block());
            default -> throw new IllegalStateException("nothing was blocked");
        };
    }

    private static Answer rejected(
            Submitted submitted, Rejected refused, @Nullable Long reservation, String id, Instant decidedAt) {
        RequestMessage message = submitted.message();
        String requestId = message.id().toString();
        String reason = refused.reason().code();
        InTheWay inTheWay = inTheWay(refused.inTheWay());
        Request asked = message.asked();
        BookingEvent event =
                switch (asked) {
                    case PlaceBooking place ->
                        new BookingRejected(
                                requestId,
                                place.restaurantId(),
                                place.partnerId(),
                                reason,
                                new Asked(place.start(), place.guests(), place.tableId(), place.reference()),
                                inTheWay);
                    default ->
                        new BookingChangeRejected(
                                requestId,
                                asked.restaurantId(),
                                asked.partnerId(),
                                asked.type(),
                                reason,
                                reservation,
                                inTheWay);
                };
        return answer(submitted, event, id, reason, decidedAt);
    }

    private static @Nullable InTheWay inTheWay(@Nullable Occupancy occupancy) {
        return occupancy == null ? null : new InTheWay(occupancy.tableId(), occupancy.start(), occupancy.end());
    }

    private static Answer answer(
            Submitted submitted, BookingEvent event, String id, String outcome, Instant decidedAt) {
        RequestMessage message = submitted.message();
        FrozenEvent frozen = FrozenEvent.freeze(id, message.fingerprint(), event, decidedAt, submitted.traceParent());
        return new Answer(event.restaurantId(), frozen, outcome, false);
    }

    private static String requestId(Undecided request) {
        return request.submitted.message().id().toString();
    }

    private static String idOf(Submitted submitted) {
        return "evt_" + submitted.message().id();
    }
}
