package io.headwaiter.gateway;

import static io.headwaiter.gateway.testing.Dates.JANUARY;
import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code Idempotency-Key}. */
class RetryTest {

    private static final String ONE = "{\"date\":\"" + JANUARY + "-01T18:00:00Z\",\"guests\":4}";
    private static final String ANOTHER = "{\"date\":\"" + JANUARY + "-01T18:00:00Z\",\"guests\":3}";

    private final Headwaiter headwaiter = Headwaiter.shared();
    private final Known restaurant = headwaiter.add(aRestaurant().withTables(4, 4));
    private final Callers callers = headwaiter.of(restaurant);

    @Test
    void the_same_request_again_gets_the_same_answer_and_one_reservation() {
        Reply first = callers.post(restaurant.reservations(), ONE, "Idempotency-Key", "k-1");
        Reply again = callers.post(restaurant.reservations(), ONE, "Idempotency-Key", "k-1");

        assertThat(first.status()).as(first.toString()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(headwaiter.rows("reservations", restaurant)).isEqualTo(1);
    }

    @Test
    void a_refused_request_stays_refused() {
        callers.post(restaurant.reservations(), ONE);
        callers.post(restaurant.reservations(), ONE);

        Reply first = callers.post(restaurant.reservations(), ONE, "Idempotency-Key", "k-1");
        Reply again = callers.post(restaurant.reservations(), ONE, "Idempotency-Key", "k-1");

        assertThat(first.status()).isEqualTo(409);
        assertThat(again.text()).isEqualTo(first.text());
    }

    @Test
    void the_same_key_with_another_body_is_found_out() {
        Reply first = callers.post(restaurant.reservations(), ONE, "Idempotency-Key", "k-1");
        Reply other = callers.post(restaurant.reservations(), ANOTHER, "Idempotency-Key", "k-1");

        assertThat(first.status()).isEqualTo(201);
        assertThat(other.status()).as(other.toString()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
        assertThat(headwaiter.rows("reservations", restaurant)).isEqualTo(1);
    }

    @Test
    void the_same_key_with_another_body_is_found_out_by_polling_too() {
        Reply first = callers.post(restaurant.reservations(), ONE, "Idempotency-Key", "k-1", "Prefer", "respond-async");
        Reply other =
                callers.post(restaurant.reservations(), ANOTHER, "Idempotency-Key", "k-1", "Prefer", "respond-async");

        assertThat(List.of(first.status(), other.status())).containsOnly(202);
        await().untilAsserted(() -> assertThat(callers.get(first.header("Location"))
                        .at("/data/booking_request/status")
                        .stringValue())
                .isEqualTo("confirmed"));
        Reply polled = callers.get(other.header("Location"));
        assertThat(polled.at("/data/booking_request/status").stringValue()).isEqualTo("rejected");
        assertThat(polled.at("/data/booking_request/code").stringValue()).isEqualTo("idempotency_key_reused");
    }

    @Test
    void a_key_is_its_partners_and_its_restaurants_own() {
        Known other = headwaiter.add(aRestaurant().withTables(4));
        String otherPartner = headwaiter.addKey("bookings", restaurant.id());
        await().until(() -> headwaiter
                        .gateway()
                        .with(otherPartner)
                        .get(restaurant.reservations() + "/1")
                        .status()
                == 404);

        List<Reply> replies = List.of(
                callers.post(restaurant.reservations(), ONE, "Idempotency-Key", "k-1"),
                callers.with(otherPartner).post(restaurant.reservations(), ONE, "Idempotency-Key", "k-1"),
                headwaiter.of(other).post(other.reservations(), ONE, "Idempotency-Key", "k-1"));

        assertThat(replies).extracting(Reply::status).containsOnly(201);
        assertThat(replies)
                .extracting(reply -> reply.at("/data/reservation/id").longValue())
                .doesNotHaveDuplicates();
    }

    @Test
    void a_key_is_visible_ascii_of_bounded_length() {
        for (String key : List.of("", " ", "a b", "x".repeat(256))) {
            Reply reply = callers.post(restaurant.reservations(), ONE, "Idempotency-Key", key);
            assertThat(reply.status()).as(key).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("idempotency_key_invalid");
        }
        Reply two = callers.post(restaurant.reservations(), ONE, "Idempotency-Key", "a", "Idempotency-Key", "b");
        assertThat(two.code()).isEqualTo("idempotency_key_invalid");
        assertThat(headwaiter.rows("booking_requests", restaurant)).isZero();
        assertThat(callers.post(restaurant.reservations(), ONE, "Idempotency-Key", "~".repeat(255))
                        .status())
                .isEqualTo(201);
    }
}
