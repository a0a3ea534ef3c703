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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** {@code .../booking-requests/{token}}. */
@ExtendWith(OutputCaptureExtension.class)
class TokensTest {

    private static final String ONE = "{\"date\":\"" + JANUARY + "-01T18:00:00Z\",\"guests\":4}";

    private final Headwaiter headwaiter = Headwaiter.shared();
    private final Known restaurant = headwaiter.add(aRestaurant().withTables(4));
    private final Callers callers = headwaiter.of(restaurant);

    private Reply placed() {
        Reply reply = callers.post(restaurant.reservations(), ONE, "Prefer", "respond-async");
        assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
        return reply;
    }

    @Test
    void a_request_is_pending_until_it_is_decided() {
        headwaiter.withoutDecisions(() -> {
            Reply placed = placed();
            String token = placed.at("/data/booking_request/id").stringValue();

            assertThat(placed.header("Location")).isEqualTo(restaurant.path() + "/booking-requests/" + token);
            assertThat(placed.header("Retry-After")).isEqualTo("1");
            assertThat(placed.at("/data/booking_request/status").stringValue()).isEqualTo("pending");
            assertThat(token).matches("[A-Za-z0-9_-]+");

            Reply polled = callers.get(placed.header("Location"));
            assertThat(polled.status()).isEqualTo(200);
            assertThat(polled.header("Retry-After")).isEqualTo("1");
            assertThat(polled.at("/data/booking_request/status").stringValue()).isEqualTo("pending");
        });
    }

    @Test
    void polling_tells_a_confirmation_as_waiting_does() {
        Reply placed = callers.post(restaurant.reservations(), ONE, "Idempotency-Key", "k", "Prefer", "respond-async");
        Reply waited = callers.post(restaurant.reservations(), ONE, "Idempotency-Key", "k");

        Reply polled = callers.get(placed.header("Location"));

        assertThat(polled.at("/data/booking_request/status").stringValue()).isEqualTo("confirmed");
        assertThat(polled.at("/data/reservation")).isEqualTo(waited.at("/data/reservation"));
        assertThat(polled.at("/data/table")).isEqualTo(waited.at("/data/table"));
        assertThat(polled.at("/data/booking_request/id")).isEqualTo(waited.at("/data/request_id"));
    }

    @Test
    void polling_tells_a_refusal_as_waiting_does() {
        callers.post(restaurant.reservations(), ONE);
        Reply waited = callers.post(restaurant.reservations(), ONE);

        Reply polled = callers.get(restaurant.path() + "/booking-requests/"
                + waited.at("/request_id").stringValue());

        assertThat(polled.status()).isEqualTo(200);
        assertThat(polled.at("/data/booking_request/status").stringValue()).isEqualTo("rejected");
        assertThat(polled.at("/data/booking_request/code").stringValue()).isEqualTo("no_table_available");
        assertThat(polled.at("/data/booking_request/detail")).isEqualTo(waited.at("/detail"));
        assertThat(polled.at("/data/booking_request/in_the_way")).isEqualTo(waited.at("/in_the_way"));
        assertThat(polled.json().path("data").has("reservation")).isFalse();
    }

    @Test
    void a_token_that_was_never_issued_is_not_found() {
        String token = placed().at("/data/booking_request/id").stringValue();
        List<String> forged = new ArrayList<>(List.of("x", "-", "*", "a.b", "A".repeat(token.length()), token + "A"));
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            forged.add(token.substring(0, i) + other + token.substring(i + 1));
        }
        for (int length = 1; length < token.length(); length += 7) {
            forged.add(token.substring(0, length));
        }
        // The bits of the last character that no byte needs.
        forged.add(token.substring(0, token.length() - 1) + (char) (token.charAt(token.length() - 1) + 1));

        for (String one : forged) {
            Reply reply = callers.get(restaurant.path() + "/booking-requests/" + one);
            assertThat(reply.status()).as(one).isEqualTo(404);
            assertThat(reply.code()).isEqualTo("booking_request_not_found");
        }
    }

    @Test
    void a_token_is_of_one_restaurant_even_for_who_reaches_several() {
        Known other = headwaiter.add(aRestaurant().withTables(4));
        String both = headwaiter.addKey("bookings", restaurant.id(), other.id());
        String token = placed().at("/data/booking_request/id").stringValue();
        await().until(() -> callers.with(both)
                        .get(restaurant.path() + "/booking-requests/" + token)
                        .status()
                == 200);

        Reply reply = callers.with(both).get(other.path() + "/booking-requests/" + token);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("booking_request_not_found");
    }

    @Test
    void a_defect_is_told_by_an_id_that_the_log_has_with_the_rest(CapturedOutput output) {
        Reply booked = callers.post(restaurant.reservations(), ONE);
        headwaiter
                .jdbc()
                .sql("update booking_requests set event_headers = 'nonsense' where restaurant_id = :restaurant")
                .param("restaurant", restaurant.id())
                .update();

        Reply reply = callers.get(restaurant.path() + "/booking-requests/"
                + booked.at("/data/request_id").stringValue());

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.code()).isEqualTo("internal_error");
        String id = reply.at("/instance").stringValue();
        assertThat(id).startsWith("urn:uuid:");
        assertThat(output).contains(id.substring("urn:uuid:".length()));
        assertThat(reply.text()).doesNotContain("Exception");
    }

    @Test
    void a_token_of_a_gateway_with_another_secret_is_not_found() {
        try (RunningGateway stranger = headwaiter.startGateway(
                "--HEADWAITER_TOKEN_SECRET=c29tZWJvZHkgZWxzZSdzIHNlY3JldCwgd2hpY2ggaXMgbm8gc2hvcnRlcg==")) {
            Headwaiter.awaitKnown(stranger, restaurant);

            Reply placed = stranger.of(restaurant).post(restaurant.reservations(), ONE, "Prefer", "respond-async");

            assertThat(stranger.of(restaurant).get(placed.header("Location")).status())
                    .isEqualTo(200);
            assertThat(callers.get(placed.header("Location")).status()).isEqualTo(404);
        }
    }
}
