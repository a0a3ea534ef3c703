package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.EVENING;
import static io.headwaiter.worker.testing.Asking.aTable;
import static io.headwaiter.worker.testing.Asking.minutesAfter;
import static io.headwaiter.worker.testing.Asking.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.BookingRejected;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.schemas.Topics;
import io.headwaiter.worker.testing.ByHand;
import io.headwaiter.worker.testing.EventsSeen;
import io.headwaiter.worker.testing.EveryRequestAnswered;
import io.headwaiter.worker.testing.NoDoubleBooking;
import io.headwaiter.worker.testing.RunningWorker;
import io.headwaiter.worker.testing.SameAnswerOnReplay;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

class DeliveredAgainTest {

    private static final int PARTITION = 5;

    private final RunningWorker worker = RunningWorker.shared();
    private final ByHand byHand = new ByHand(worker.jdbc());
    private final ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(4));
    private final PlaceBooking wanted = table(restaurant.id(), restaurant.table(0), EVENING, 4);
    private final PlaceBooking otherwise = table(restaurant.id(), restaurant.table(0), minutesAfter(EVENING, 180), 2);

    @Test
    void the_same_request_twice_is_one_reservation_and_the_same_event_twice() {
        RequestMessage asked = worker.place(wanted);
        worker.events.confirmed(asked);
        worker.place(asked.id(), wanted);

        worker.events.atLeast(2, asked.id());
        checkOneAnswer(asked);
    }

    @Test
    void the_same_request_twice_in_one_batch_is_one_reservation_and_the_same_event_twice() {
        RequestId id = RequestId.create();
        List<RequestMessage> asked = new ArrayList<>();
        worker.whilePaused(() -> {
            asked.add(worker.place(id, wanted));
            asked.add(worker.place(id, wanted));
        });

        worker.events.atLeast(2, id);
        checkOneAnswer(asked.getFirst());
    }

    @Test
    void a_refused_request_stays_refused_even_when_the_table_has_become_free() {
        long ignored = byHand.take(restaurant.id(), restaurant.table(0), EVENING, minutesAfter(EVENING, 30));
        RequestMessage asked = worker.place(wanted);
        worker.events.rejected(asked);
        worker.jdbc()
                .sql("delete from table_occupancy where restaurant_id = ? and taken_by::text::bigint = ?")
                .params(restaurant.id(), ignored)
                .update();

        worker.place(asked.id(), wanted);

        worker.events.atLeast(2, asked.id());
        new SameAnswerOnReplay(worker.jdbc(), worker.events).check(List.of(asked));
        assertThat(byHand.count("reservations", restaurant.id())).isZero();
    }

    @Test
    void a_batch_delivered_again_after_the_commit_but_before_the_offset_is_answered_to_the_byte() {
        List<RequestMessage> asked = new ArrayList<>();
        List<RecordMetadata> sent = new ArrayList<>();
        for (PlaceBooking each : List.of(wanted, wanted, otherwise, aTable(restaurant.id(), EVENING, 9))) {
            RequestMessage request = new RequestMessage(RequestId.create(), Fingerprint.of(each), each);
            sent.add(worker.sent(RunningWorker.onPartition(PARTITION, request)));
            asked.add(request);
        }
        new EveryRequestAnswered(worker.jdbc(), worker.events).check(asked);

        worker.deliverAgainFrom(sent.getFirst());

        asked.forEach(request -> worker.events.atLeast(2, request.id()));
        new SameAnswerOnReplay(worker.jdbc(), worker.events).check(asked);
        new EveryRequestAnswered(worker.jdbc(), worker.events).check(asked);
        new NoDoubleBooking(worker.jdbc()).check();
        assertThat(byHand.count("reservations", restaurant.id())).isEqualTo(2);
    }

    @Test
    void the_same_id_for_something_else_is_refused_with_an_event_of_its_own_and_leaves_no_trace() {
        RequestMessage asked = worker.place(wanted);
        worker.events.confirmed(asked);
        RequestMessage reused = new RequestMessage(asked.id(), Fingerprint.of(otherwise), otherwise);

        RecordMetadata sent = worker.sent(RunningWorker.onPartition(PARTITION, reused));

        worker.events.atLeast(2, asked.id());
        ConsumerRecord<byte[], byte[]> event = copies(reused).getFirst();
        BookingRejected refused = (BookingRejected) EventsSeen.read(event);
        assertThat(refused.reason()).isEqualTo("idempotency_key_reused");
        assertThat(refused.asked().guests()).isEqualTo(2);
        assertThat(FrozenEvent.header(event.headers(), "ce_id"))
                .isNotEqualTo(FrozenEvent.header(copies(asked).getFirst().headers(), "ce_id"));
        assertThat(byHand.count("booking_requests", restaurant.id())).isEqualTo(1);
        assertThat(byHand.count("reservations", restaurant.id())).isEqualTo(1);

        worker.deliverAgainFrom(sent);
        worker.events.atLeast(3, asked.id());
        checkSame(copies(reused), 2);

        // A caller who tries again makes a new record: an event with the same id must be the same event.
        worker.placeOn(PARTITION, reused.id(), otherwise);
        worker.events.atLeast(4, asked.id());
        checkSame(copies(reused), 3);
        checkOneAnswer(asked);
    }

    @Test
    void of_two_payloads_under_one_id_in_one_batch_the_earlier_is_decided() {
        RequestId id = RequestId.create();
        List<RequestMessage> asked = new ArrayList<>();
        worker.whilePaused(() -> {
            asked.add(worker.placeOn(PARTITION, id, wanted));
            asked.add(worker.placeOn(PARTITION, id, otherwise));
            asked.add(worker.placeOn(PARTITION, id, wanted));
        });

        worker.events.atLeast(3, id);
        checkSame(copies(asked.getFirst()), 2);
        assertThat(((BookingRejected) EventsSeen.read(copies(asked.get(1)).getFirst())).reason())
                .isEqualTo("idempotency_key_reused");
        checkOneAnswer(asked.getFirst());
    }

    @Test
    void one_id_on_two_partitions_at_once_is_one_decision() {
        ARestaurant.Added large = worker.add(aRestaurant().withTables(2, 2, 2, 2));
        List<RequestMessage> asked = new ArrayList<>();
        worker.whilePaused(() -> {
            for (int i = 0; i < 60; i++) {
                PlaceBooking each = aTable(large.id(), minutesAfter(EVENING, 15L * i), 2);
                RequestMessage request = worker.placeOn(onePartition(i), RequestId.create(), each);
                worker.placeOn(anotherPartition(i), request.id(), each);
                asked.add(request);
            }
        });

        asked.forEach(request -> worker.events.atLeast(2, request.id()));
        new EveryRequestAnswered(worker.jdbc(), worker.events).check(asked);
        new SameAnswerOnReplay(worker.jdbc(), worker.events).check(asked);
        new NoDoubleBooking(worker.jdbc()).check();
        assertThat(byHand.count("booking_requests", large.id())).isEqualTo(60);
    }

    @Test
    void of_two_payloads_under_one_id_on_two_partitions_at_once_exactly_one_is_decided() {
        ARestaurant.Added large = worker.add(aRestaurant().withTables(2, 2, 2, 2));
        List<RequestMessage> asked = new ArrayList<>();
        worker.whilePaused(() -> {
            for (int i = 0; i < 30; i++) {
                RequestId id = RequestId.create();
                PlaceBooking one = aTable(large.id(), minutesAfter(EVENING, 15L * i), 1);
                PlaceBooking other = aTable(large.id(), minutesAfter(EVENING, 15L * i), 2);
                asked.add(worker.placeOn(onePartition(i), id, one));
                asked.add(worker.placeOn(anotherPartition(i), id, other));
            }
        });

        asked.forEach(request -> worker.events.atLeast(2, request.id()));
        int reused = 0;
        for (RequestMessage request : asked) {
            checkSame(copies(request), 1);
            if (EventsSeen.read(copies(request).getFirst()) instanceof BookingRejected refused
                    && refused.reason().equals("idempotency_key_reused")) {
                reused++;
            }
        }
        assertThat(reused).isEqualTo(30);
        assertThat(byHand.count("booking_requests", large.id())).isEqualTo(30);
    }

    /** Of pairs so far apart in so many ways, some belong to two consumers, however these have shared the partitions. */
    private static int onePartition(int number) {
        return number % Topics.REQUEST_PARTITIONS;
    }

    private static int anotherPartition(int number) {
        return onePartition(number + 1 + number / Topics.REQUEST_PARTITIONS);
    }

    /** What was published about exactly this payload. */
    private List<ConsumerRecord<byte[], byte[]>> copies(RequestMessage request) {
        return worker.events.seen(request.id()).stream()
                .filter(event -> request.fingerprint()
                        .hex()
                        .equals(FrozenEvent.header(event.headers(), FrozenEvent.FINGERPRINT_HEADER)))
                .toList();
    }

    private void checkOneAnswer(RequestMessage asked) {
        new SameAnswerOnReplay(worker.jdbc(), worker.events).check(List.of(asked));
        assertThat(byHand.count("reservations", restaurant.id())).isEqualTo(1);
        assertThat(byHand.count("table_occupancy", restaurant.id())).isEqualTo(1);
        assertThat(byHand.count("booking_requests", restaurant.id())).isEqualTo(1);
    }

    private static void checkSame(List<ConsumerRecord<byte[], byte[]>> copies, int count) {
        Set<String> contents = new HashSet<>();
        copies.forEach(copy ->
                contents.add(SameAnswerOnReplay.headers(copy) + new String(copy.value(), StandardCharsets.UTF_8)));
        assertThat(copies).hasSize(count);
        assertThat(contents).hasSize(1);
    }
}
