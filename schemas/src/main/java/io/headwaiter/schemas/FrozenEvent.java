package io.headwaiter.schemas;

import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * An event as it goes over the wire, to the byte: made once, when the request is decided, stored with the decision, and
 * published from there however often. A CloudEvent in Kafka's binary mode.
 *
 * @param headers its headers, in order
 * @param data its JSON body
 */
public record FrozenEvent(Map<String, String> headers, byte[] data) {

    /** The header with the {@link RequestId} that was decided, so that a waiting gateway need not parse what it does not await. */
    public static final String REQUEST_ID_HEADER = "ce_requestid";

    /** The header with the {@link Fingerprint} that was decided. */
    public static final String FINGERPRINT_HEADER = "ce_fingerprint";

    /** The header with the event's id, which every copy of it has. */
    public static final String ID_HEADER = "ce_id";

    /** The header with the type. */
    public static final String TYPE_HEADER = "ce_type";

    /** The header with the time at which it was decided. */
    public static final String TIME_HEADER = "ce_time";

    private static final URI SOURCE = URI.create("urn:headwaiter:booking-worker");
    private static final Map<String, Class<? extends BookingEvent>> TYPES = Map.of(
            BookingConfirmed.TYPE, BookingConfirmed.class,
            BookingMoved.TYPE, BookingMoved.class,
            BookingCancelled.TYPE, BookingCancelled.class,
            BookingStatusChanged.TYPE, BookingStatusChanged.class,
            BookingRejected.TYPE, BookingRejected.class,
            BookingChangeRejected.TYPE, BookingChangeRejected.class,
            TableBlocked.TYPE, TableBlocked.class,
            TableUnblocked.TYPE, TableUnblocked.class);
    private static final TypeReference<LinkedHashMap<String, String>> HEADERS = new TypeReference<>() {};

    /**
     * @param id the same for every copy of this event: made from the request's
     * @param decidedAt must not change when the event is made again
     * @param traceParent the request's, nor must it change; null when there is none
     */
    public static FrozenEvent freeze(
            String id,
            Fingerprint fingerprint,
            BookingEvent event,
            Instant decidedAt,
            @Nullable TraceParent traceParent) {
        String type = event.type();
        CloudEventBuilder cloudEvent = CloudEventBuilder.v1()
                .withId(id)
                .withSource(SOURCE)
                .withType(type)
                .withDataSchema(URI.create("urn:headwaiter:schema:" + type + ":1"))
                .withSubject("restaurants/" + event.restaurantId())
                .withTime(decidedAt.atOffset(ZoneOffset.UTC))
                .withExtension("requestid", event.requestId())
                .withExtension("fingerprint", fingerprint.hex())
                .withDataContentType("application/json")
                .withData(MessageJson.write(event));
        if (traceParent != null) {
            // CloudEvents' extension for distributed tracing.
            cloudEvent.withExtension(TraceParent.HEADER, traceParent.value());
        }
        ProducerRecord<String, byte[]> record =
                KafkaMessageFactory.<String>createWriter(Topics.EVENTS, "").writeBinary(cloudEvent.build());
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return new FrozenEvent(headers, record.value());
    }

    /** From what {@link #headersAsBytes} and {@link #data} gave. */
    public static FrozenEvent thaw(byte[] headers, byte[] data) {
        return new FrozenEvent(MessageJson.mapper().readValue(headers, HEADERS), data);
    }

    public byte[] headersAsBytes() {
        return MessageJson.write(headers);
    }

    public ProducerRecord<byte[], byte[]> toRecord(long restaurantId) {
        byte[] key = Long.toString(restaurantId).getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topics.EVENTS, key, data);
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    /** When it was decided. */
    public Instant decidedAt() {
        return OffsetDateTime.parse(Objects.requireNonNull(headers.get(TIME_HEADER)))
                .toInstant();
    }

    /** @throws UnreadableMessage when it is none of ours: it never will be, however often it is read */
    public BookingEvent read() throws UnreadableMessage {
        return read(headers.get(TYPE_HEADER), data);
    }

    /**
     * Reads an event from a record of {@link Topics#EVENTS}.
     *
     * @throws UnreadableMessage when the record is no event of ours: it never will be, however often it is read
     */
    public static BookingEvent read(Headers headers, byte @Nullable [] data) throws UnreadableMessage {
        return read(header(headers, TYPE_HEADER), data);
    }

    /** A header's text, or null when there is none. */
    public static @Nullable String header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static BookingEvent read(@Nullable String type, byte @Nullable [] data) throws UnreadableMessage {
        Class<? extends BookingEvent> known = type == null ? null : TYPES.get(type);
        if (known == null) {
            throw new UnreadableMessage("unknown_type", "no event has the type " + type);
        }
        BookingEvent event;
        try {
            event = data == null ? null : MessageJson.read(data, known);
        } catch (JacksonException notJson) {
            throw new UnreadableMessage("not_the_json_expected", "the data are not JSON as a " + type + " has it");
        }
        // Jackson reads the JSON text `null` as no object at all.
        if (event == null) {
            throw new UnreadableMessage("not_the_json_expected", "the data of a " + type + " are null");
        }
        return event;
    }
}
