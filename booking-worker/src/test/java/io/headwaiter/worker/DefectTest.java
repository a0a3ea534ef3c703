package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.EVENING;
import static io.headwaiter.worker.testing.Asking.aTable;
import static io.headwaiter.worker.testing.Asking.by;
import static io.headwaiter.worker.testing.Asking.minutesAfter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.GuestDetails;
import io.headwaiter.schemas.MessageJson;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.worker.testing.ByHand;
import io.headwaiter.worker.testing.EveryRequestAnswered;
import io.headwaiter.worker.testing.Logged;
import io.headwaiter.worker.testing.RunningWorker;
import io.headwaiter.worker.testing.SameAnswerOnReplay;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

/** A request that makes the worker's own code fail is isolated: it blocks nobody, and its caller does not wait for ever. */
class DefectTest {

    private static final int PARTITION = 9;

    private final RunningWorker worker = RunningWorker.shared();
    private final ByHand byHand = new ByHand(worker.jdbc());
    private final ARestaurant.Added good = worker.add(aRestaurant().withTables(2, 2, 2, 2, 2, 2));
    private final List<RequestMessage> asked = new ArrayList<>();
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    @Test
    void a_restaurant_that_the_worker_cannot_read_harms_nobody_else() throws Exception {
        ARestaurant.Added onMars = worker.add(aRestaurant().withTables(4));
        zone(onMars, "Mars/Base");
        worker.whilePaused(() -> {
            place(aTable(good.id(), EVENING, 2));
            place(aTable(onMars.id(), EVENING, 2));
            place(aTable(good.id(), EVENING, 2));
            place(aTable(onMars.id(), EVENING, 2));
            place(aTable(good.id(), EVENING, 2));
        });

        new EveryRequestAnswered(worker.jdbc(), worker.events).check(asked);
        for (int i = 0; i < 5; i++) {
            if (i % 2 == 0) {
                worker.events.confirmed(asked.get(i));
            } else {
                checkDefect(i);
            }
        }

        zone(onMars, "UTC");
        worker.deliverAgainFrom(sent.getFirst().get());
        asked.forEach(request -> worker.events.atLeast(2, request.id()));
        new SameAnswerOnReplay(worker.jdbc(), worker.events).check(asked);
        new EveryRequestAnswered(worker.jdbc(), worker.events).check(asked);
        // Nobody knows whether the first letter got out: a request that was decided so is laid aside each time it
        // comes.
        await().atMost(Duration.ofSeconds(30)).until(() -> letters(1) == 2 && letters(3) == 2);
        worker.events.confirmed(worker.placeOn(PARTITION, RequestId.create(), aTable(onMars.id(), EVENING, 2)));
    }

    @Test
    void what_the_database_says_about_a_guest_is_neither_logged_nor_put_into_headers() throws Exception {
        String cursed = "ann.cursed@example.com";
        worker.execute("alter table clients add constraint not_cursed check (email_key <> '" + cursed + "') not valid");
        try (Logged logged = new Logged()) {
            worker.whilePaused(() -> {
                place(aTable(good.id(), EVENING, 2));
                place(by(
                        new GuestDetails("Ann Cursed", "Ann.Cursed@example.com", null), aTable(good.id(), EVENING, 2)));
                place(by(new GuestDetails("Bob", "bob@example.com", null), aTable(good.id(), EVENING, 2)));
            });

            new EveryRequestAnswered(worker.jdbc(), worker.events).check(asked);
            checkDefect(1);
            assertThat(logged.lines())
                    .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("cursed@"));
            assertThat(logged.lines()).anyMatch(line -> line.contains("not_cursed"));
            assertThat(logged.about())
                    .contains(Map.of(
                            "request_id", asked.get(1).id().toString(), "restaurant_id", Long.toString(good.id())));
            assertThat(header(1, "dead_letter_detail")).doesNotContainIgnoringCase("cursed@");
        } finally {
            worker.execute("alter table clients drop constraint not_cursed");
        }
        assertThat(byHand.count("reservations", good.id())).isEqualTo(2);
        assertThat(byHand.count("table_occupancy", good.id())).isEqualTo(2);
        assertThat(byHand.count("clients", good.id())).isEqualTo(1);
    }

    @Test
    void a_reused_key_is_told_so_even_when_the_first_request_met_a_defect() {
        ARestaurant.Added onMars = worker.add(aRestaurant().withTables(4));
        zone(onMars, "Mars/Base");
        RequestMessage first = worker.placeOn(PARTITION, RequestId.create(), aTable(onMars.id(), EVENING, 2));
        worker.events.rejected(first);

        worker.placeOn(PARTITION, first.id(), aTable(onMars.id(), minutesAfter(EVENING, 60), 2));

        assertThat(worker.events.atLeast(2, first.id()))
                .anyMatch(
                        event -> new String(event.value(), StandardCharsets.UTF_8).contains("idempotency_key_reused"));
        assertThat(byHand.count("booking_requests", onMars.id())).isEqualTo(1);
    }

    private void place(PlaceBooking wanted) {
        RequestMessage request = new RequestMessage(RequestId.create(), Fingerprint.of(wanted), wanted);
        asked.add(request);
        sent.add(worker.send(RunningWorker.onPartition(PARTITION, request)));
    }

    private void checkDefect(int index) {
        RequestMessage request = asked.get(index);
        assertThat(worker.events.rejected(request).reason()).isEqualTo("internal_error");
        ConsumerRecord<byte[], byte[]> letter = worker.events.deadLetter(PARTITION, offset(index));
        assertThat(letters(index)).isEqualTo(1);
        assertThat(letter.value()).isEqualTo(MessageJson.write(request.asked()));
        assertThat(header(index, "ce_id")).isEqualTo(request.id().toString());
        assertThat(header(index, "dead_letter_code")).isEqualTo("internal_error");
    }

    private String header(int index, String name) {
        return String.valueOf(FrozenEvent.header(
                worker.events.deadLetter(PARTITION, offset(index)).headers(), name));
    }

    private int letters(int index) {
        return worker.events.deadLetters(PARTITION, offset(index)).size();
    }

    private long offset(int index) {
        try {
            return sent.get(index).get().offset();
        } catch (ExecutionException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void zone(ARestaurant.Added restaurant, String zone) {
        worker.jdbc()
                .sql("update restaurants set time_zone = ? where id = ?")
                .params(zone, restaurant.id())
                .update();
    }
}
