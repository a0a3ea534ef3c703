package io.headwaiter.schemas;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** A request on its way through {@link Topics#REQUESTS}: a CloudEvent whose id is the request's. */
public record RequestMessage(RequestId id, Fingerprint fingerprint, Request asked) {

    private static final Map<String, Class<? extends Request>> TYPES = Map.of(
            PlaceBooking.TYPE, PlaceBooking.class,
            MoveBooking.TYPE, MoveBooking.class,
            CancelBooking.TYPE, CancelBooking.class,
            ChangeStatus.TYPE, ChangeStatus.class,
            BlockTable.TYPE, BlockTable.class,
            UnblockTable.TYPE, UnblockTable.class);
    private static final URI SOURCE = URI.create("urn:headwaiter:gateway");
    private static final String FINGERPRINT = "fingerprint";

    /** @param acceptedAt by the gateway's clock; informs, and decides nothing */
    public ProducerRecord<String, byte[]> toRecord(RequestKey key, Instant acceptedAt) {
        CloudEvent event = CloudEventBuilder.v1()
                .withId(id.toString())
                .withSource(SOURCE)
                .withType(asked.type())
                .withTime(acceptedAt.atOffset(ZoneOffset.UTC))
                .withExtension(FINGERPRINT, fingerprint.hex())
                .withDataContentType("application/json")
                .withData(MessageJson.write(asked))
                .build();
        return KafkaMessageFactory.<String>createWriter(Topics.REQUESTS, key.partition(), key.toString())
                .writeBinary(event);
    }

    /**
     * Reads the envelope and the JSON. Whether the values are within the contract ({@link Request}'s constraints) is for
     * the caller to check.
     *
     * @throws UnreadableMessage when the record is no request of ours: it never will be, however often it is read
     */
    public static RequestMessage read(ConsumerRecord<?, byte[]> record) throws UnreadableMessage {
        if (record.value() == null) {
            throw new UnreadableMessage("no_value", "the record has no value");
        }
        CloudEvent event = envelope(record);
        Class<? extends Request> type = TYPES.get(event.getType());
        if (type == null) {
            throw new UnreadableMessage("unknown_type", "no request has the type that the header ce_type names");
        }
        RequestId id;
        Fingerprint fingerprint;
        try {
            id = RequestId.parse(event.getId());
            fingerprint = new Fingerprint(String.valueOf(event.getExtension(FINGERPRINT)));
        } catch (IllegalArgumentException invalid) {
            throw new UnreadableMessage(
                    "envelope_invalid", "ce_id and ce_fingerprint must be 32 hexadecimal digits each");
        }
        Request asked;
        try {
            asked = MessageJson.read(record.value(), type);
        } catch (JacksonException notJson) {
            throw new UnreadableMessage("not_the_json_expected", whereItEnds(notJson, event.getType()));
        }
        // Jackson reads the JSON text `null` as no object at all.
        if (asked == null) {
            throw new UnreadableMessage("not_the_json_expected", "the record's value is null");
        }
        return new RequestMessage(id, fingerprint, asked);
    }

    private static CloudEvent envelope(ConsumerRecord<?, byte[]> record) throws UnreadableMessage {
        try {
            return KafkaMessageFactory.createReader(record).toEvent();
        } catch (CloudEventRWException notOne) {
            throw new UnreadableMessage("not_a_cloud_event", "the headers make no CloudEvent: " + notOne.getKind());
        } catch (RuntimeException notOne) {
            // The SDK has many ways to say that headers make no sense, a NullPointerException among them.
            throw new UnreadableMessage(
                    "not_a_cloud_event",
                    "the headers make no CloudEvent: " + notOne.getClass().getSimpleName());
        }
    }

    /** Jackson's own message quotes the text, which may be a guest's. */
    private static String whereItEnds(JacksonException notJson, String type) {
        String member = notJson.getPath().stream()
                .map(reference -> String.valueOf(reference.getPropertyName()))
                .collect(Collectors.joining("."));
        TokenStreamLocation place = notJson.getLocation();
        return "the JSON cannot be read as " + type
                + (member.isEmpty() ? "" : ", at " + member)
                + (place == null ? "" : ", line " + place.getLineNr() + ", column " + place.getColumnNr());
    }
}
