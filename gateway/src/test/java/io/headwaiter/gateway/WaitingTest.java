package io.headwaiter.gateway;

import static io.headwaiter.gateway.testing.Dates.JANUARY;
import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import io.headwaiter.gateway.testing.RunningGateway;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** {@code Prefer}, and what waiting callers hear. */
class WaitingTest {

    private static final String ONE = "{\"date\":\"" + JANUARY + "-01T18:00:00Z\",\"guests\":4}";

    private final Headwaiter headwaiter = Headwaiter.shared();
    private final Known restaurant = headwaiter.add(aRestaurant().withTables(4, 4));
    private final Callers callers = headwaiter.of(restaurant);

    private Reply post(String... headers) {
        return callers.post(restaurant.reservations(), ONE, headers);
    }

    @Test
    void who_does_not_want_to_wait_is_answered_at_once() {
        Reply async = post("Prefer", "respond-async");
        Reply zero = post("Prefer", "wait=0");

        assertThat(List.of(async.status(), zero.status())).containsOnly(202);
        assertThat(async.header("Preference-Applied")).isEqualTo("respond-async");
        assertThat(zero.header("Preference-Applied")).isEqualTo("wait=0");
    }

    @Test
    void a_wait_that_is_asked_for_is_told_to_be_applied_whatever_comes_of_it() {
        List<Reply> replies = List.of(post("Prefer", "wait=20"), post("Prefer", "wait=20"), post("Prefer", "wait=20"));

        assertThat(replies).extracting(Reply::status).containsExactly(201, 201, 409);
        assertThat(replies)
                .extracting(reply -> reply.header("Preference-Applied"))
                .containsOnly("wait=20");
        assertThat(post().header("Preference-Applied")).isEmpty();
    }

    @Test
    void longer_waits_than_the_longest_are_cut() {
        assertThat(post("Prefer", "wait=31").header("Preference-Applied")).isEqualTo("wait=30");
        assertThat(post("Prefer", "wait=99999999999999999999").header("Preference-Applied"))
                .isEqualTo("wait=30");
    }

    @Test
    void preferences_come_in_lists_and_headers_and_unknown_ones_are_ignored() {
        Reply reply = post("Prefer", "return=minimal; x=\"a, b\", respond-async", "Prefer", "WAIT=20, wait=3, odd");

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.header("Preference-Applied")).isEqualTo("respond-async, wait=20");
        assertThat(post("Prefer", "wait=soon").status()).isEqualTo(201);
    }

    @Test
    void what_is_not_decided_in_time_is_202_and_comes_true_later() {
        Reply[] reply = new Reply[1];
        headwaiter.withoutDecisions(() -> reply[0] = post("Prefer", "wait=1"));

        assertThat(reply[0].status()).isEqualTo(202);
        assertThat(reply[0].header("Retry-After")).isEqualTo("1");
        await().until(() -> callers.get(reply[0].header("Location"))
                .at("/data/booking_request/status")
                .stringValue()
                .equals("confirmed"));
    }

    @Test
    void many_who_wait_for_one_request_hear_the_same() {
        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            headwaiter.withoutDecisions(() -> {
                for (int i = 0; i < 5; i++) {
                    replies.add(CompletableFuture.supplyAsync(
                            () -> post("Prefer", "wait=20", "Idempotency-Key", "k"), threads));
                }
            });
        }

        assertThat(replies).extracting(reply -> reply.join().status()).containsOnly(201);
        assertThat(replies)
                .extracting(reply -> reply.join().text())
                .containsOnly(replies.getFirst().join().text());
    }

    @Test
    void more_than_may_wait_are_told_to_come_back() {
        try (RunningGateway crowded = headwaiter.startGateway("--headwaiter.gateway.waiting-limit=0")) {
            Headwaiter.awaitKnown(crowded, restaurant);

            Reply reply = crowded.of(restaurant).post(restaurant.reservations(), ONE, "Prefer", "wait=20");

            assertThat(reply.status()).isEqualTo(202);
            await().until(() -> callers.get(reply.header("Location"))
                    .at("/data/booking_request/status")
                    .stringValue()
                    .equals("confirmed"));
        }
    }

    @Test
    void who_waits_while_the_tail_of_events_is_broken_hears_nothing_false() {
        // Readers cannot log in, writers can.
        try (RunningGateway deaf = headwaiter.startGateway(
                "--spring.kafka.consumer.properties.security.protocol=SASL_PLAINTEXT",
                "--spring.kafka.consumer.properties.sasl.mechanism=NONE",
                "--headwaiter.gateway.tail-pause=50ms")) {
            Headwaiter.awaitKnown(deaf, restaurant);

            Reply reply = deaf.of(restaurant).post(restaurant.reservations(), ONE, "Prefer", "wait=1");

            // The last look, at what is stored, finds it.
            assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
            assertThat(deaf.nobody().get("/actuator/health/readiness").status()).isEqualTo(503);
            assertThat(deaf.nobody().get("/actuator/health/liveness").status()).isEqualTo(200);
        }
    }

    @Test
    void a_gateway_that_stops_lets_its_waiting_callers_go() {
        RunningGateway stopping = headwaiter.startGateway();
        Headwaiter.awaitKnown(stopping, restaurant);
        headwaiter.withoutDecisions(() -> {
            long published = headwaiter.requestsPublished();
            CompletableFuture<Reply> waiting = CompletableFuture.supplyAsync(
                    () -> stopping.of(restaurant).post(restaurant.reservations(), ONE, "Prefer", "wait=30"));
            await().until(() -> headwaiter.requestsPublished() > published);
            long start = System.nanoTime();
            stopping.close();

            assertThat(waiting.join().status()).isEqualTo(202);
            assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
        });
    }
}
