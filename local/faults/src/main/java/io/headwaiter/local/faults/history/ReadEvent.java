package io.headwaiter.local.faults.history;

import io.headwaiter.local.faults.history.Entry.DeadLetter;
import io.headwaiter.local.faults.history.Entry.Delivered;
import io.headwaiter.local.faults.history.Entry.Published;
import io.headwaiter.local.faults.history.Entry.Stored;
import io.headwaiter.local.faults.history.Entry.Unreadable;
import io.headwaiter.local.faults.history.Outcome.Booking;
import io.headwaiter.local.faults.history.Outcome.Done;
import io.headwaiter.local.faults.history.Outcome.InTheWay;
import io.headwaiter.local.faults.history.Outcome.Kept;
import io.headwaiter.local.faults.history.Outcome.Refused;
import io.headwaiter.schemas.BlockFacts;
import io.headwaiter.schemas.BookingChangeRejected;
import io.headwaiter.schemas.BookingEvent;
import io.headwaiter.schemas.BookingRejected;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.MessageJson;
import io.headwaiter.schemas.RefusalEvent;
import io.headwaiter.schemas.ReservationEvent;
import io.headwaiter.schemas.ReservationFacts;
import io.headwaiter.schemas.TableBlocked;
import io.headwaiter.schemas.TableUnblocked;
import io.headwaiter.schemas.UnreadableMessage;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the system has written down of a decision, as an entry of the history. */
public final class ReadEvent {

    private ReadEvent() {}

    /** A record of the events: {@link Published}, or {@link Unreadable}. */
    public static Entry published(ConsumerRecord<byte[], byte[]> record) {
        try {
            BookingEvent event = FrozenEvent.read(record.headers(), record.value());
            Ticket ticket = Ticket.of(
                    event.restaurantId(),
                    FrozenEvent.header(record.headers(), FrozenEvent.REQUEST_ID_HEADER),
                    FrozenEvent.header(record.headers(), FrozenEvent.FINGERPRINT_HEADER));
            return new Published(
                    record.partition(),
                    record.offset(),
                    event.type(),
                    ticket,
                    OffsetDateTime.parse(Objects.requireNonNull(FrozenEvent.header(record.headers(), "ce_time")))
                            .toInstant(),
                    Digest.of(record.key(), record.headers(), record.value()),
                    outcome(event),
                    event instanceof BookingChangeRejected rejected ? rejected.reservationId() : null,
                    event instanceof BookingRejected rejected ? asked(rejected.asked()) : null);
        } catch (UnreadableMessage | RuntimeException unreadable) {
            return new Unreadable(record.partition(), record.offset(), unreadable.toString());
        }
    }

    /** What a webhook was sent: {@link Delivered}, or {@link Unreadable}. @param id its {@code webhook-id} */
    public static Entry delivered(String id, byte[] body) {
        try {
            JsonNode envelope = MessageJson.mapper().readTree(body);
            byte[] type = envelope.path("type").asString("").getBytes(StandardCharsets.UTF_8);
            BookingEvent event = FrozenEvent.read(
                    new RecordHeaders().add(FrozenEvent.TYPE_HEADER, type), MessageJson.write(envelope.path("data")));
            return new Delivered(
                    id, event.restaurantId(), Ticket.uuid(event.requestId()), Digest.of(body), outcome(event));
        } catch (UnreadableMessage | RuntimeException unreadable) {
            return new Unreadable(-1, -1, unreadable.toString());
        }
    }

    /**
     * A row of {@code booking_requests}.
     *
     * @throws UnreadableMessage when the event in it is none
     */
    public static Stored stored(Ticket ticket, String kind, @Nullable Long reservationId, FrozenEvent event)
            throws UnreadableMessage {
        Outcome outcome = outcome(event.read());
        ProducerRecord<byte[], byte[]> record = event.toRecord(ticket.restaurantId());
        return new Stored(
                ticket,
                kind.intern(),
                event.decidedAt(),
                outcome instanceof Refused refused ? refused.reason() : null,
                reservationId,
                Digest.of(record.key(), record.headers(), record.value()),
                outcome);
    }

    /** A record of the dead letters. */
    public static DeadLetter deadLetter(ConsumerRecord<byte[], byte[]> record) {
        String code = FrozenEvent.header(record.headers(), "dead_letter_code");
        return new DeadLetter(
                record.partition(),
                record.offset(),
                code,
                (int) number(FrozenEvent.header(record.headers(), "dead_letter_partition")),
                number(FrozenEvent.header(record.headers(), "dead_letter_offset")),
                Digest.of(record.value()),
                FrozenEvent.header(record.headers(), "dead_letter_value_size") != null);
    }

    private static long number(@Nullable String text) {
        return text == null ? -1 : Long.parseLong(text);
    }

    private static Outcome outcome(BookingEvent event) {
        return switch (event) {
            case ReservationEvent made -> new Done(booking(made.reservation()));
            case TableBlocked blocked -> kept(blocked.block(), false);
            case TableUnblocked unblocked -> kept(unblocked.block(), true);
            case RefusalEvent refusal ->
                new Refused(
                        // A few dozen texts, in hundreds of thousands of events.
                        refusal.reason().intern(),
                        refusal.inTheWay() == null
                                ? null
                                : new InTheWay(
                                        refusal.inTheWay().tableId(),
                                        refusal.inTheWay().startsAt(),
                                        refusal.inTheWay().endsAt()));
        };
    }

    private static Booking booking(ReservationFacts facts) {
        return new Booking(
                facts.id(),
                facts.tableId(),
                facts.date(),
                facts.end(),
                facts.guests(),
                facts.status().intern(),
                facts.version(),
                facts.reference());
    }

    private static Kept kept(BlockFacts block, boolean given) {
        return new Kept(block.id(), block.tableId(), block.from(), block.to(), given);
    }

    private static Asked.Place asked(BookingRejected.Asked asked) {
        return new Asked.Place(asked.date(), asked.guests(), asked.tableId(), asked.reference());
    }
}
