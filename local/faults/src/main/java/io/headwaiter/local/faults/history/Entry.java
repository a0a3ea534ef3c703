package io.headwaiter.local.faults.history;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One thing that was done or seen. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "entry")
public sealed interface Entry {

    /** A restaurant, before anything is asked of it; its rules stay. @param bufferMinutes kept free after each party */
    record House(long restaurantId, int bufferMinutes) implements Entry {}

    /** From here on a webhook is to hear of all that is decided in these restaurants. */
    record Subscribed(Set<Long> restaurantIds) implements Entry {}

    /** For the reader of a failed run: a fault, or its end. */
    record Note(Instant at, String text) implements Entry {}

    /**
     * A call that was made; a retry is another.
     *
     * @param id no other call has it
     * @param key the {@code Idempotency-Key} that was sent
     * @param request the id that the request must have, if that can be known beforehand
     */
    record Call(
            long id,
            long restaurantId,
            @Nullable String key,
            @Nullable UUID request,
            Asked asked,
            Instant at,
            String gateway)
            implements Entry {}

    /**
     * What a caller was told, at once or by looking again. That nothing is decided yet when looked again is not noted.
     *
     * @param ticket of the token in the answer, if there was one
     * @param outcome null when it was not said
     * @param code of a problem
     * @param saysWhen to come back: there was a {@code Retry-After}
     */
    record Told(
            long call,
            Instant at,
            boolean polled,
            int status,
            @Nullable Ticket ticket,
            @Nullable Outcome outcome,
            @Nullable String code,
            boolean saysWhen)
            implements Entry {

        /** The request has been taken: from here on it must not be lost. */
        public boolean isAcknowledged() {
            return ticket != null && (outcome != null || status == 202);
        }
    }

    /** A call that was not answered. @param how timeout, broken or dropped */
    record Silence(long call, Instant at, String how) implements Entry {}

    /**
     * A record of the events, each copy for itself.
     *
     * @param type such as {@code booking.confirmed}
     * @param reservationId that a refused change named
     * @param asked what a refused booking had asked for
     */
    record Published(
            int partition,
            long offset,
            String type,
            Ticket ticket,
            Instant decidedAt,
            Digest digest,
            Outcome outcome,
            @Nullable Long reservationId,
            Asked.@Nullable Place asked)
            implements Entry {}

    /**
     * What a webhook was told, each time for itself.
     *
     * @param eventId its {@code webhook-id}
     * @param body of all that was sent
     */
    record Delivered(String eventId, long restaurantId, UUID request, Digest body, Outcome outcome) implements Entry {

        Ticket.Name name() {
            return new Ticket.Name(restaurantId, request);
        }
    }

    /** A record of the events that is none, or a webhook. @param offset -1 for a webhook */
    record Unreadable(int partition, long offset, String why) implements Entry {}

    /** A decision, as it stands in the database in the end. @param digest of the event that is stored with it */
    record Stored(
            Ticket ticket,
            String kind,
            Instant decidedAt,
            @Nullable String reason,
            @Nullable Long reservationId,
            Digest digest,
            Outcome outcome)
            implements Entry {}

    /** A reservation, as it stands in the database in the end. @param request that made it */
    record StoredBooking(long restaurantId, UUID request, Outcome.Booking booking) implements Entry {}

    /** A row of the ledger of taken time in the end. */
    record StoredTime(
            long restaurantId,
            long tableId,
            Instant from,
            Instant to,
            @Nullable Long reservationId,
            @Nullable Long blockId)
            implements Entry {}

    /** A record put among the requests by the harness itself that must end as a dead letter. @param value of its bytes */
    record Poisoned(int partition, long offset, Digest value) implements Entry {}

    /**
     * @param originPartition where among the requests it was
     * @param cut it was larger than a letter may be, so the letter has only the beginning of its value
     */
    record DeadLetter(
            int partition,
            long offset,
            @Nullable String code,
            int originPartition,
            long originOffset,
            Digest value,
            boolean cut)
            implements Entry {}
}
