package io.headwaiter.schemas;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.core.JacksonException;

/** A request on its way through {@link Topics#REQUESTS}: a CloudEvent whose id is the request's. */
public record RequestMessage(RequestId id, Fingerprint fingerprint, PlaceBooking asked) {

    /** The type of a request to place a booking. */
    public static final String PLACE = "booking.place";

    private static final URI SOURCE = URI.create("urn:headwaiter:gateway");
    private static final String FINGERPRINT = "fingerprint";

    /** @param acceptedAt by the gateway's clock; informs, and decides nothing */
    public ProducerRecord<String, byte[]> toRecord(RequestKey key, Instant acceptedAt) {
        CloudEvent event = CloudEventBuilder.v1()
                .withId(id.toString())
                .withSource(SOURCE)
                .withType(PLACE)
                .withTime(acceptedAt.atOffset(ZoneOffset.UTC))
                .withExtension(FINGERPRINT, fingerprint.hex())
                .withDataContentType("application/json")
                .withData(MessageJson.write(asked))
                .build();
        return KafkaMessageFactory.<String>createWriter(Topics.REQUESTS, key.toString())
                .writeBinary(event);
    }

    /**
     * Reads the envelope and the JSON. Whether the values are within the contract ({@link PlaceBooking}'s constraints) is for
     * the caller to check.
     *
     * @throws UnreadableMessage when the record is no request of ours: it never will be, however often it is read
     */
    public static RequestMessage read(ConsumerRecord<?, byte[]> record) throws UnreadableMessage {
        if (record.value() == null) {
            throw new UnreadableMessage("no_value", "the record has no value");
        }
        CloudEvent event;
        try {
            event = KafkaMessageFactory.createReader(record).toEvent();
        } catch (CloudEventRWException | IllegalStateException | IllegalArgumentException notOne) {
            throw new UnreadableMessage("not_a_cloud_event", String.valueOf(notOne.getMessage()));
        }
        if (!PLACE.equals(event.getType())) {
            throw new UnreadableMessage("unknown_type", "no request has the type " + event.getType());
        }
        RequestId id;
        Fingerprint fingerprint;
        try {
            id = RequestId.parse(event.getId());
            fingerprint = new Fingerprint(String.valueOf(event.getExtension(FINGERPRINT)));
        } catch (IllegalArgumentException invalid) {
            throw new UnreadableMessage("envelope_invalid", String.valueOf(invalid.getMessage()));
        }
        try {
            return new RequestMessage(id, fingerprint, MessageJson.read(record.value(), PlaceBooking.class));
        } catch (JacksonException notJson) {
            throw new UnreadableMessage("not_the_json_expected", notJson.getOriginalMessage());
        }
    }
}
