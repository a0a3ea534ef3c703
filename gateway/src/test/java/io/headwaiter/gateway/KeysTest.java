package io.headwaiter.gateway;

import static io.headwaiter.gateway.testing.Dates.JANUARY;
import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import io.headwaiter.schemas.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class KeysTest {

    private final Headwaiter headwaiter = Headwaiter.shared();
    private final Known restaurant = headwaiter.add(aRestaurant().withTables(4));

    private Callers with(String key) {
        return headwaiter.gateway().with(key);
    }

    @Test
    void without_a_key_every_path_of_the_api_is_401() {
        for (String path : List.of(
                restaurant.clients(), restaurant.reservations() + "/1", "/api/restaurants/999999/clients", "/api/x")) {
            Reply reply = headwaiter.gateway().nobody().get(path);
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.code()).isEqualTo("api_key_missing");
            assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"headwaiter\"");
            assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        }
    }

    @Test
    void a_key_that_is_not_known_is_401() {
        for (String key :
                List.of("nonsense", restaurant.key() + "x", restaurant.key().toUpperCase(Locale.ROOT))) {
            Reply reply = with(key).get(restaurant.clients());
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.code()).isEqualTo("api_key_unknown");
            assertThat(reply.header("WWW-Authenticate")).contains("invalid_token");
        }
        Reply basic = headwaiter.gateway().nobody().get(restaurant.clients(), "Authorization", "Basic eDp5");
        assertThat(basic.status()).isEqualTo(401);
    }

    @Test
    void the_scheme_is_read_whatever_its_case() {
        Reply reply =
                headwaiter.gateway().nobody().get(restaurant.clients(), "Authorization", "bearer " + restaurant.key());

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void a_key_that_expires_or_is_taken_away_opens_nothing_any_more() {
        String expiring = headwaiter.addKey("clients", restaurant.id());
        String revoked = headwaiter.addKey("clients", restaurant.id());
        await().until(() -> with(revoked).get(restaurant.clients()).status() == 200);
        assertThat(with(expiring).get(restaurant.clients()).status()).isEqualTo(200);

        headwaiter
                .jdbc()
                .sql("update api_keys set expires_at = now() where key_hash = :hash")
                .param("hash", hash(expiring))
                .update();
        headwaiter
                .jdbc()
                .sql("delete from api_keys where key_hash = :hash")
                .param("hash", hash(revoked))
                .update();

        await().until(() -> with(expiring).get(restaurant.clients()).status() == 401);
        await().until(() -> with(revoked).get(restaurant.clients()).status() == 401);
    }

    @Test
    void a_restaurant_out_of_reach_looks_like_one_that_does_not_exist() {
        Known other = headwaiter.add(aRestaurant().withTables(4));
        String booking = "{\"date\":\"" + JANUARY + "-01T18:00:00Z\",\"guests\":4}";

        for (String id : List.of("" + other.id(), "987654321", "0", "-1", "x", "01", "1.0", "99999999999999999999")) {
            String path = "/api/restaurants/" + id;
            for (Reply reply : List.of(
                    headwaiter.of(restaurant).get(path + "/clients"),
                    headwaiter.of(restaurant).get(path + "/availability?date=" + JANUARY + "-01&guests=2"),
                    headwaiter.of(restaurant).get(path + "/reservations/1"),
                    headwaiter.of(restaurant).get(path + "/booking-requests/x"),
                    headwaiter.of(restaurant).post(path + "/clients", "{}"),
                    headwaiter.of(restaurant).post(path + "/reservations", booking))) {
                Reply unknown = headwaiter.of(restaurant).get("/api/restaurants/987654321/clients");
                assertThat(reply.status()).isEqualTo(404);
                assertThat(reply.code()).isEqualTo("restaurant_not_found");
                assertThat(reply.text()).isEqualTo(unknown.text());
                assertThat(headersOf(reply)).isEqualTo(headersOf(unknown));
            }
        }
        assertThat(headwaiter.rows("booking_requests", other)).isZero();
    }

    private static Map<String, List<String>> headersOf(Reply reply) {
        Map<String, List<String>> headers =
                new HashMap<>(reply.response().headers().map());
        headers.remove("date");
        headers.remove("ratelimit");
        return headers;
    }

    @Test
    void a_key_with_the_scope_platform_reaches_every_restaurant() {
        String platform = headwaiter.addKey("clients,platform");

        await().until(() -> with(platform).get(restaurant.clients()).status() == 200);
        assertThat(with(platform).get("/api/restaurants/987654321/clients").code())
                .isEqualTo("restaurant_not_found");
    }

    @Test
    void each_path_needs_its_scope() {
        String bookings = headwaiter.addKey("bookings", restaurant.id());
        String clients = headwaiter.addKey("clients", restaurant.id());
        String availability = restaurant.availability("date=" + JANUARY + "-01&guests=2");
        await().until(() -> with(clients).get(restaurant.clients()).status() == 200);

        assertThat(with(bookings).get(availability).status()).isEqualTo(200);
        for (Reply reply : List.of(
                with(bookings).get(restaurant.clients()),
                with(bookings).get(restaurant.clients() + "/1"),
                with(bookings).post(restaurant.clients(), "{}"),
                with(clients).get(availability),
                with(clients).get(restaurant.reservations() + "/1"),
                with(clients).post(restaurant.reservations(), "{}"),
                with(clients).get(restaurant.path() + "/booking-requests/x"))) {
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.code()).isEqualTo("scope_missing");
        }
    }

    @Test
    void a_key_is_neither_stored_nor_logged(CapturedOutput output) {
        String unknown = "an-unknown-key-that-is-somebodys";
        headwaiter.of(restaurant).post(restaurant.reservations(), "{\"date\":\"2001-01-01T00:00Z\",\"guests\":1}");
        headwaiter.of(restaurant).post(restaurant.reservations(), "nonsense");
        with(unknown).get(restaurant.clients());

        String stored = headwaiter
                .jdbc()
                .sql("select string_agg(k::text, ' ') from api_keys k")
                .query(String.class)
                .single();
        assertThat(stored).doesNotContain(restaurant.key());
        assertThat(output).doesNotContain(restaurant.key()).doesNotContain(unknown);
    }

    private static byte[] hash(String key) {
        return Sha256.of(key.getBytes(StandardCharsets.UTF_8));
    }
}
