package io.headwaiter.gateway.deliveries;

import io.headwaiter.schemas.BookingEvent;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.UnreadableMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is to be delivered to whoever wants it.
 *
 * @param eventId the same for every copy of the event
 * @param partnerId the one that it concerns; null: none
 * @param body as it is sent: the event's JSON, to the byte, in an envelope of type and time
 */
record Delivery(String eventId, String type, Instant time, long restaurantId, @Nullable Long partnerId, byte[] body) {

    /** {@code body_size} in the database. */
    static final int LARGEST_BODY = 19_999;

    /** What may stand in a header, and cannot be mistaken for two of what is signed. */
    private static final Pattern USABLE_ID = Pattern.compile("[\\x21-\\x2d\\x2f-\\x7e]{1,200}");

    static Delivery of(ConsumerRecord<byte[], byte[]> record) throws UnreadableMessage {
        BookingEvent event = FrozenEvent.read(record.headers(), record.value());
        Instant time = time(FrozenEvent.header(record.headers(), FrozenEvent.TIME_HEADER));
        byte[] body = body(event.type(), time, record.value());
        if (body.length > LARGEST_BODY) {
            throw new UnreadableMessage("too_large", "the event is larger than any can be");
        }
        return new Delivery(
                id(FrozenEvent.header(record.headers(), FrozenEvent.ID_HEADER)),
                event.type(),
                time,
                event.restaurantId(),
                event.partnerConcerned(),
                body);
    }

    private static String id(@Nullable String id) throws UnreadableMessage {
        if (id == null || !USABLE_ID.matcher(id).matches()) {
            throw new UnreadableMessage("no_id", "the event has no id, or one that cannot be sent");
        }
        return id;
    }

    private static Instant time(@Nullable String time) throws UnreadableMessage {
        try {
            return OffsetDateTime.parse(time == null ? "" : time).toInstant();
        } catch (DateTimeException notOne) {
            throw new UnreadableMessage("no_time", "the event does not say when it was decided");
        }
    }

    /** Type and time need no escaping: the one is known, the other was a time. */
    private static byte[] body(String type, Instant time, byte[] data) {
        byte[] before = "{\"type\":\"%s\",\"timestamp\":\"%s\",\"data\":"
                .formatted(type, time)
                .getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(before.length + data.length + 1)
                .put(before)
                .put(data)
                .put((byte) '}')
                .array();
    }
}
