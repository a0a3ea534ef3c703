package io.headwaiter.gateway;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import io.headwaiter.gateway.testing.RunningGateway;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final String BOOKING = "{\"date\":\"2001-01-01T00:00Z\",\"guests\":1}";

    private final Headwaiter headwaiter = Headwaiter.shared();
    private final Known restaurant = headwaiter.add(aRestaurant().withTables(4));

    @Test
    void every_answer_to_a_known_key_says_how_it_stands() {
        Callers callers = headwaiter.of(restaurant);

        Reply first = callers.get(restaurant.clients());
        Reply second = callers.get(restaurant.clients() + "/1");
        Reply elsewhere = callers.get("/api/restaurants/987654321/clients");
        Reply forbidden = callers.get("/api/x");

        assertThat(first.header("RateLimit-Policy")).isEqualTo("\"default\";q=10000;w=10");
        assertThat(first.header("RateLimit")).matches("\"default\";r=(?:9[0-9]{3}|10000);t=[0-9]+");
        for (Reply reply : new Reply[] {second, elsewhere, forbidden}) {
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.header("RateLimit-Policy")).isEqualTo(first.header("RateLimit-Policy"));
            assertThat(reply.header("RateLimit")).startsWith("\"default\";r=9");
        }
    }

    @Test
    void nobody_is_told_of_limits() {
        assertThat(headwaiter.gateway().nobody().get(restaurant.clients()).header("RateLimit-Policy"))
                .isEmpty();
        assertThat(headwaiter
                        .gateway()
                        .with("unknown")
                        .get(restaurant.clients())
                        .header("RateLimit"))
                .isEmpty();
    }

    @Test
    void who_sends_too_much_is_turned_away_with_nothing_stored_and_let_in_again_as_announced() {
        try (RunningGateway strict =
                headwaiter.startGateway("--headwaiter.gateway.rate-limit=1", "--headwaiter.gateway.rate-burst=3")) {
            Headwaiter.awaitKnown(strict, restaurant);
            long published = headwaiter.requestsPublished();

            Reply refused = await().pollInterval(Duration.ofMillis(1))
                    .until(
                            () -> strict.of(restaurant).post(restaurant.reservations(), BOOKING),
                            reply -> reply.status() == 429);
            long requests = headwaiter.requestsPublished() - published;

            assertThat(refused.code()).isEqualTo("rate_limited");
            assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"default\";q=3;w=3");
            assertThat(refused.header("RateLimit")).isEqualTo("\"default\";r=0;t=1");
            assertThat(requests).isLessThanOrEqualTo(4);
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> strict.of(restaurant).get(restaurant.clients()).status() == 200);
        }
    }

    @Test
    void one_key_does_not_use_up_what_another_may_send() {
        String other = headwaiter.addKey("clients", restaurant.id());
        try (RunningGateway strict =
                headwaiter.startGateway("--headwaiter.gateway.rate-limit=1", "--headwaiter.gateway.rate-burst=1")) {
            Headwaiter.awaitKnown(strict, restaurant);
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> strict.of(restaurant).get(restaurant.clients()).status() == 429);

            assertThat(strict.with(other).get(restaurant.clients()).status()).isEqualTo(200);
        }
    }
}
