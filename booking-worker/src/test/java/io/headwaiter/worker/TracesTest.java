package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.EVENING;
import static io.headwaiter.worker.testing.Asking.aTable;
import static io.headwaiter.worker.testing.Asking.minutesAfter;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.worker.testing.RunningWorker;
import io.headwaiter.worker.testing.SameAnswerOnReplay;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event tells the trace of the request that was decided, and is the same to the byte whatever trace a retry is part of. */
class TracesTest {

    private static final int PARTITION = 7;
    private static final String ONE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String ANOTHER = "00-11111111111111111111111111111111-2222222222222222-01";

    private final RunningWorker worker = RunningWorker.shared();
    private final ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(4));
    private final PlaceBooking wanted = aTable(restaurant.id(), EVENING, 4);
    private final PlaceBooking otherwise = aTable(restaurant.id(), minutesAfter(EVENING, 180), 4);
    private final RequestId id = RequestId.create();

    @Test
    void the_event_has_the_requests_traceparent_whenever_it_is_published() {
        RequestMessage asked = message(wanted);
        RecordMetadata sent = send(asked, ONE);
        worker.events.confirmed(asked);
        worker.deliverAgainFrom(sent);
        worker.events.atLeast(2, id);

        send(asked, ANOTHER);
        send(asked, null);

        assertThat(worker.events.atLeast(4, id))
                .extracting(TracesTest::traceParent)
                .containsOnly(ONE);
        new SameAnswerOnReplay(worker.jdbc(), worker.events).check(List.of(asked));
    }

    @Test
    void what_is_made_anew_for_every_retry_of_a_reused_key_is_of_no_trace() {
        send(message(wanted), ONE);
        worker.events.atLeast(1, id);
        RequestMessage reused = message(otherwise);
        send(reused, ONE);
        send(reused, ANOTHER);

        List<ConsumerRecord<byte[], byte[]>> copies = worker.events.atLeast(3, id).stream()
                .filter(event -> Objects.equals(
                        FrozenEvent.header(event.headers(), FrozenEvent.FINGERPRINT_HEADER),
                        reused.fingerprint().hex()))
                .toList();

        assertThat(copies).hasSize(2);
        assertThat(copies).extracting(TracesTest::traceParent).containsOnlyNulls();
        assertThat(copies.get(0).headers()).isEqualTo(copies.get(1).headers());
        assertThat(copies.get(0).value()).isEqualTo(copies.get(1).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0\n",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-and-so-on",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333\u00e9-0"
            })
    void a_traceparent_that_makes_no_sense_is_dropped_and_its_request_decided(String hostile) {
        RequestMessage asked = message(wanted);

        send(asked, hostile);

        worker.events.confirmed(asked);
        assertThat(traceParent(worker.events.seen(id).getFirst())).isNull();
    }

    @Test
    void a_traceparent_of_a_hundred_thousand_characters_is_dropped_too() {
        RequestMessage asked = message(wanted);

        send(asked, "0".repeat(100_000));

        worker.events.confirmed(asked);
        assertThat(traceParent(worker.events.seen(id).getFirst())).isNull();
    }

    private RequestMessage message(PlaceBooking asked) {
        return new RequestMessage(id, Fingerprint.of(asked), asked);
    }

    private RecordMetadata send(RequestMessage message, @Nullable String traceParent) {
        ProducerRecord<String, byte[]> record = RunningWorker.onPartition(PARTITION, message);
        if (traceParent != null) {
            record.headers().add("traceparent", traceParent.getBytes(StandardCharsets.UTF_8));
        }
        return worker.sent(record);
    }

    private static @Nullable String traceParent(ConsumerRecord<byte[], byte[]> event) {
        return FrozenEvent.header(event.headers(), "ce_traceparent");
    }
}
