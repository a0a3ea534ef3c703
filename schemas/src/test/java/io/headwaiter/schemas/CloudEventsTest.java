package io.headwaiter.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our records, read with nothing but the CloudEvents SDK, as another program would. */
class CloudEventsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T18:58:35.461Z");
    private static final Fingerprint FINGERPRINT = Fingerprint.of(new byte[16]);
    private static final BookingRejected REJECTED = new BookingRejected(
            "5d41402abc4b2a76b9719d911017c592", 3, 7, "closed", new BookingRejected.Asked(NOW, 4, null, "żółć"), null);

    @Test
    void a_frozen_event_is_a_cloud_event() throws UnreadableMessage {
        FrozenEvent frozen = FrozenEvent.freeze("evt_1", FINGERPRINT, REJECTED, NOW, null);
        ProducerRecord<byte[], byte[]> record = frozen.toRecord(3);

        assertThat(record.topic()).isEqualTo("booking.events");
        assertThat(record.key()).isEqualTo("3".getBytes(UTF_8));
        CloudEvent event = KafkaMessageFactory.createReader(received(record)).toEvent();
        assertThat(event.getSpecVersion()).isEqualTo(SpecVersion.V1);
        assertThat(event.getId()).isEqualTo("evt_1");
        assertThat(event.getType()).isEqualTo("booking.rejected");
        assertThat(event.getSource()).isEqualTo(URI.create("urn:headwaiter:booking-worker"));
        assertThat(event.getSubject()).isEqualTo("restaurants/3");
        assertThat(event.getDataSchema()).isEqualTo(URI.create("urn:headwaiter:schema:booking.rejected:1"));
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(event.getTime()).isEqualTo(OffsetDateTime.parse("2026-11-22T18:58:35.461Z"));
        assertThat(event.getExtension("requestid")).isEqualTo(REJECTED.requestId());
        assertThat(event.getExtension("fingerprint")).isEqualTo(FINGERPRINT.hex());
        byte[] data = Objects.requireNonNull(event.getData()).toBytes();
        assertThat(MessageJson.read(data, BookingRejected.class)).isEqualTo(REJECTED);
        assertThat(FrozenEvent.read(record.headers(), record.value())).isEqualTo(REJECTED);
    }

    @Test
    void a_thawed_event_is_the_frozen_one_to_the_byte() throws UnreadableMessage {
        FrozenEvent frozen = FrozenEvent.freeze("evt_1", FINGERPRINT, REJECTED, NOW, null);

        FrozenEvent thawed = FrozenEvent.thaw(frozen.headersAsBytes(), frozen.data());

        assertThat(thawed.toRecord(3).headers()).isEqualTo(frozen.toRecord(3).headers());
        assertThat(thawed.toRecord(3).value()).isEqualTo(frozen.toRecord(3).value());
        assertThat(thawed.headersAsBytes()).isEqualTo(frozen.headersAsBytes());
        assertThat(thawed.read()).isEqualTo(REJECTED);
        assertThat(thawed.decidedAt()).isEqualTo(NOW);
    }

    @Test
    void an_event_of_an_unknown_type_is_unreadable_and_not_half_read() {
        ProducerRecord<byte[], byte[]> record =
                FrozenEvent.freeze("evt_1", FINGERPRINT, REJECTED, NOW, null).toRecord(3);
        record.headers().remove("ce_type");
        for (int i = 0; i < 2; i++) {
            assertThat(catchThrowableOfType(
                                    UnreadableMessage.class, () -> FrozenEvent.read(record.headers(), record.value()))
                            .code())
                    .isEqualTo("unknown_type");
            record.headers().add("ce_type", "booking.danced".getBytes(UTF_8));
        }
        assertThat(FrozenEvent.header(record.headers(), "ce_nothing")).isNull();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "no event", "{", "null", "[]", "\"text\"", "{}", "{\"request_id\":7}"})
    void what_is_not_the_json_of_its_type_is_unreadable(@Nullable String json) {
        ProducerRecord<byte[], byte[]> record =
                FrozenEvent.freeze("evt_1", FINGERPRINT, REJECTED, NOW, null).toRecord(3);
        byte @Nullable [] data = json == null ? null : json.getBytes(UTF_8);

        assertThat(catchThrowableOfType(UnreadableMessage.class, () -> FrozenEvent.read(record.headers(), data))
                        .code())
                .isEqualTo("not_the_json_expected");
    }

    @Test
    void a_request_is_a_cloud_event_and_read_as_it_was_sent() throws UnreadableMessage {
        for (PlaceBooking asked : List.of(
                new PlaceBooking(3, 7, NOW, 4, null, null, null, null, null, null),
                new PlaceBooking(3, 7, NOW, 4, 5L, null, new GuestDetails("Ann", "a@b", "12345"), "r", "n\n", null))) {
            RequestMessage message = new RequestMessage(RequestId.create(), Fingerprint.of(asked), asked);
            ProducerRecord<String, byte[]> record = message.toRecord(new RequestKey(3, 5), NOW);

            assertThat(record.topic()).isEqualTo("booking.requests");
            assertThat(record.key()).isEqualTo("3/5");
            CloudEvent event =
                    KafkaMessageFactory.createReader(received(record)).toEvent();
            assertThat(event.getId()).isEqualTo(message.id().toString());
            assertThat(event.getType()).isEqualTo("booking.place");
            assertThat(event.getSource()).isEqualTo(URI.create("urn:headwaiter:gateway"));
            assertThat(RequestMessage.read(received(record))).isEqualTo(message);
        }
    }

    private static <K> ConsumerRecord<K, byte[]> received(ProducerRecord<K, byte[]> sent) {
        return new ConsumerRecord<>(
                sent.topic(),
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                0,
                sent.value().length,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty());
    }
}
