package io.headwaiter.worker.deciding;

import io.headwaiter.rules.Confirmed;
import io.headwaiter.rules.Occupancy;
import io.headwaiter.rules.Rejected;
import io.headwaiter.rules.RejectionReason;
import io.headwaiter.schemas.BookingConfirmed;
import io.headwaiter.schemas.BookingConfirmed.ReservationFacts;
import io.headwaiter.schemas.BookingConfirmed.TableFacts;
import io.headwaiter.schemas.BookingEvent;
import io.headwaiter.schemas.BookingRejected;
import io.headwaiter.schemas.BookingRejected.Asked;
import io.headwaiter.schemas.BookingRejected.InTheWay;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.RequestMessage;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the event of a decision, once. Its id follows from the request's, so every copy has the same. */
final class Events {

    private Events() {}

    /** @param now the time of the transaction that decided */
    static Answer of(Undecided request, Instant now) {
        return switch (Objects.requireNonNull(request.decision)) {
            case Confirmed given -> confirmed(request, given, now);
            case Rejected refused -> rejected(request.submitted, refused, idOf(request.submitted), now);
        };
    }

    /**
     * The id stands for another request. Nothing is stored about this one, so its event is made anew for every delivery and
     * every retry, from what does not change: the time of the decision that stands, and an id with the payload's
     * fingerprint in it.
     */
    static Answer keyReused(Submitted submitted, Answer standing) {
        String id = idOf(submitted) + "_" + submitted.message().fingerprint();
        Rejected refused = new Rejected(RejectionReason.IDEMPOTENCY_KEY_REUSED, null);
        return rejected(submitted, refused, id, standing.event().decidedAt());
    }

    private static Answer confirmed(Undecided request, Confirmed given, Instant now) {
        PlaceBooking asked = request.asked;
        BookingEvent event = new BookingConfirmed(
                request.submitted.message().id().toString(),
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
                        asked.reference()),
                new TableFacts(
                        given.table().id(), given.table().name(), given.table().capacity()));
        return answer(request.submitted, event, idOf(request.submitted), Answer.CONFIRMED, now);
    }

    private static Answer rejected(Submitted submitted, Rejected refused, String id, Instant decidedAt) {
        PlaceBooking asked = submitted.message().asked();
        String reason = refused.reason().code();
        BookingEvent event = new BookingRejected(
                submitted.message().id().toString(),
                asked.restaurantId(),
                asked.partnerId(),
                reason,
                new Asked(asked.start(), asked.guests(), asked.tableId(), asked.reference()),
                inTheWay(refused.inTheWay()));
        return answer(submitted, event, id, reason, decidedAt);
    }

    private static @Nullable InTheWay inTheWay(@Nullable Occupancy occupancy) {
        return occupancy == null ? null : new InTheWay(occupancy.tableId(), occupancy.start(), occupancy.end());
    }

    private static Answer answer(
            Submitted submitted, BookingEvent event, String id, String outcome, Instant decidedAt) {
        RequestMessage message = submitted.message();
        FrozenEvent frozen = FrozenEvent.freeze(id, message.fingerprint(), event, decidedAt);
        return new Answer(event.restaurantId(), frozen, outcome, false);
    }

    private static String idOf(Submitted submitted) {
        return "evt_" + submitted.message().id();
    }
}
