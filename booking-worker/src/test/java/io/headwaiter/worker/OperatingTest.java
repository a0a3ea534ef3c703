package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.EVENING;
import static io.headwaiter.worker.testing.Asking.minutesAfter;
import static io.headwaiter.worker.testing.Asking.table;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.BookingRejected;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.Request;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestKey;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.schemas.Topics;
import io.headwaiter.worker.operating.CompareEvents;
import io.headwaiter.worker.operating.DeadLetters;
import io.headwaiter.worker.testing.EventsSeen;
import io.headwaiter.worker.testing.HeldTransaction;
import io.headwaiter.worker.testing.NoDoubleBooking;
import io.headwaiter.worker.testing.OwnInstallation;
import io.headwaiter.worker.testing.RunningWorker;
import io.headwaiter.worker.testing.SameAnswerOnReplay;
import io.headwaiter.worker.testing.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** What an operator does with the worker's commands. */
@ExtendWith(OutputCaptureExtension.class)
class OperatingTest {

    /** Would empty the terminal, and forge a line. */
    private static final String HOSTILE = "\u001b[2J\rall is well\n\u202e";

    private static final OwnInstallation own = new OwnInstallation();

    private final ARestaurant.Added restaurant = aRestaurant().withTables(4).addTo(own.superuser());
    private final PlaceBooking wanted = table(restaurant.id(), restaurant.table(0), EVENING, 4);

    @AfterAll
    static void stop() {
        own.close();
    }

    @Test
    void dead_letters_are_listed_shown_and_sent_again(CapturedOutput output) {
        RequestMessage good = message(wanted);
        RequestKey key = new RequestKey(restaurant.id(), restaurant.table(0));
        String cut = place(own.send(
                letter(new ProducerRecord<>(Topics.DEAD_LETTERS, null, "the beginnin".getBytes(UTF_8)), "12000000")));
        // As an older worker might have laid it aside, which could not read it.
        ProducerRecord<String, byte[]> died = good.toRecord(key, Instant.EPOCH);
        String mended = place(own.send(
                letter(new ProducerRecord<>(Topics.DEAD_LETTERS, null, died.key(), died.value(), died.headers()), "")));
        try (ConfigurableApplicationContext worker = own.startWorker()) {
            RecordMetadata poison =
                    own.send(new ProducerRecord<>(Topics.REQUESTS, 3, HOSTILE, HOSTILE.getBytes(UTF_8)));
            ConsumerRecord<byte[], byte[]> dead = own.events.deadLetter(3, poison.offset());
            String hostile = dead.partition() + "@" + dead.offset();

            assertThat(deadLetters("list")).isZero();
            assertThat(output.getOut())
                    .contains(hostile + "  ", "not_a_cloud_event  from booking.requests 3@" + poison.offset())
                    .contains("3 dead letters");
            assertThat(deadLetters("list", "--from=2999-01-01T00:00:00Z")).isZero();
            assertThat(output.getOut()).contains("\n0 dead letters");
            assertThat(deadLetters("show", hostile)).isZero();
            assertThat(output.getOut())
                    .contains("\\x1b[2J\\x0dall is well\\x0a\\xe2\\x80\\xae")
                    .doesNotContain("\u001b", "\nall is well");

            for (int i = 1; i <= 2; i++) {
                assertThat(deadLetters("resend", mended)).isZero();
                assertThat(output.getOut())
                        .contains(mended + " is sent again and is now booking.requests " + key.partition() + "@");
                own.events.atLeast(i, good.id());
            }
            new SameAnswerOnReplay(own.jdbc(), own.events).check(List.of(good));
            assertThat(stored(good).reservations()).isEqualTo(1);

            assertThat(deadLetters("resend", cut)).isEqualTo(2);
            assertThat(output).contains("holds only the beginning of what died");
            assertThat(deadLetters("resend", "0@99999")).isEqualTo(2);
            assertThat(output).contains("There is no dead letter 0@99999");
            assertThat(deadLetters("burn")).isEqualTo(2);

            // All but the one that was cut: the good one is answered once more, the poison dies once more, but comes
            // back no more often for it.
            assertThat(deadLetters("resend", "all")).isEqualTo(1);
            assertThat(output.getOut()).contains("2 sent again, 1 left");
            own.events.atLeast(3, good.id());
            own.awaitNothingPending();
            assertThat(deadLetters("resend", "all")).isEqualTo(1);
            assertThat(output.getOut().split("2 sent again, 1 left", -1)).hasSize(3);
        }
    }

    @Test
    void after_a_restore_nothing_overlaps_nothing_is_pending_and_what_differs_is_listed(CapturedOutput output) {
        RequestMessage before = message(wanted);
        RequestMessage first = message(at(120 + 15));
        RequestMessage second = message(at(120 + 15));
        RequestMessage refused = message(at(30));
        try (ConfigurableApplicationContext worker = own.startWorker()) {
            decide(0, before);
        }
        own.backUp();
        try (ConfigurableApplicationContext worker = own.startWorker()) {
            decide(0, first);
            decide(1, second);
            decide(1, refused);
            assertThat(EventsSeen.read(own.events.seen(second.id()).getFirst())).isInstanceOf(BookingRejected.class);
            own.awaitNothingPending();
        }
        assertThat(compare()).isZero();

        own.restore();
        assertThat(compare()).isEqualTo(1);
        assertThat(lines(output, "missing"))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains(first.id().toString(), "booking.confirmed"),
                        line -> assertThat(line).contains(second.id().toString(), "booking.rejected"),
                        line -> assertThat(line).contains(refused.id().toString(), "booking.rejected"));

        own.jdbc()
                .sql(
                        """
                        select setval(format('%I.%I', schemaname, sequencename)::regclass, coalesce(last_value, 0) + 1000000)
                        from pg_sequences where schemaname = 'public'
                        """)
                .query(Long.class)
                .list();
        // Partition 1 first: another order across partitions than before, as it may happen.
        own.beginAgain(1);
        try (ConfigurableApplicationContext worker = own.startWorker()) {
            own.awaitNothingPending();
        }
        own.beginAgain(IntStream.range(0, Topics.REQUEST_PARTITIONS).toArray());
        try (ConfigurableApplicationContext worker = own.startWorker()) {
            own.awaitNothingPending();
        }

        new NoDoubleBooking(own.jdbc()).check();
        assertThat(Stored.of(List.of(before, first, second, refused), own.jdbc()))
                .hasSize(4);
        assertThat(stored(before).event().data())
                .isEqualTo(own.events.seen(before.id()).getFirst().value());
        assertThat(stored(first).reason()).isEqualTo("table_taken");
        assertThat(stored(second).reservations()).isEqualTo(1);
        assertThat(compare()).isEqualTo(1);
        assertThat(lines(output, "differs"))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .contains(first.id().toString(), "type booking.confirmed -> booking.rejected"),
                        line -> assertThat(line)
                                .contains(second.id().toString(), "type booking.rejected -> booking.confirmed"));
        assertThat(output.getOut())
                .contains("1 were decided again, the same but for the time; 2 differ; 0 have no decision");
    }

    @Test
    void a_worker_that_is_told_to_stop_while_it_publishes_publishes_all_of_it_and_says_so() {
        RequestKey key = new RequestKey(restaurant.id(), restaurant.table(0));
        List<RequestMessage> asked =
                IntStream.range(0, 40).mapToObj(i -> message(at(135L * i))).toList();
        ConfigurableApplicationContext worker = own.startWorker();
        ConcurrentMessageListenerContainer<?, ?> requests = worker.getBean(ConcurrentMessageListenerContainer.class);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> requests.getAssignedPartitions().size() == 12);
        requests.pause();
        await().until(requests::isContainerPaused);
        asked.forEach(request -> own.send(request.toRecord(key, Instant.now())));
        CompletableFuture<Void> stopped;
        try (HeldTransaction held =
                new HeldTransaction(own.superuser()).with("lock table booking_requests in access exclusive mode")) {
            requests.resume();
            HeldTransaction.awaitWaiting(own.jdbc(), 1);

            stopped = own.whileBrokerIsFrozen(() -> {
                held.commit();
                await().until(() -> Stored.of(asked, own.jdbc()).size() == asked.size());
                CompletableFuture<Void> stopping = CompletableFuture.runAsync(worker::close);
                await().until(() -> !requests.isRunning());
                assertThat(stopping).isNotDone();
                return stopping;
            });
        }
        stopped.join();

        own.awaitNothingPending();
        assertThat(asked).allSatisfy(request -> assertThat(own.events.atLeast(1, request.id()))
                .hasSize(1));
    }

    private PlaceBooking at(long minutes) {
        return table(restaurant.id(), restaurant.table(0), minutesAfter(EVENING, minutes), 4);
    }

    private static RequestMessage message(Request asked) {
        return new RequestMessage(RequestId.create(), Fingerprint.of(asked), asked);
    }

    /** Sends it, and returns when its event is there. */
    private static void decide(int partition, RequestMessage message) {
        own.send(RunningWorker.onPartition(partition, message));
        own.events.of(message);
    }

    private static Stored stored(RequestMessage message) {
        return Stored.of(List.of(message), own.jdbc()).values().iterator().next();
    }

    private static int deadLetters(String... words) {
        return DeadLetters.run(own.settings(
                Stream.concat(Stream.of("dead-letters"), Stream.of(words)).toArray(String[]::new)));
    }

    private static int compare() {
        return CompareEvents.run(own.settings("compare-events"));
    }

    private static List<String> lines(CapturedOutput output, String beginning) {
        return output.getOut()
                .lines()
                .filter(line -> line.startsWith(beginning + "  "))
                .toList();
    }

    private static ProducerRecord<String, byte[]> letter(ProducerRecord<String, byte[]> died, String sizeWhenCut) {
        if (!sizeWhenCut.isEmpty()) {
            died.headers().add("dead_letter_value_size", sizeWhenCut.getBytes(UTF_8));
        }
        for (String header : List.of("code", "detail", "topic", "partition", "offset")) {
            died.headers().add("dead_letter_" + header, "1".getBytes(UTF_8));
        }
        return died;
    }

    private static String place(RecordMetadata letter) {
        return letter.partition() + "@" + letter.offset();
    }
}
