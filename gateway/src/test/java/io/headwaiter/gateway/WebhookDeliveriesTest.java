package io.headwaiter.gateway;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was sent to an endpoint, as its partner sees it and has it sent again. */
class WebhookDeliveriesTest {

    private static final Headwaiter HEADWAITER = Headwaiter.shared();
    private static final Known RESTAURANT = HEADWAITER.add(aRestaurant().withTables(4));
    private static final String BODY = "{\"type\":\"booking.confirmed\",\"data\":{\"name\":\"\u00e9\"}}";

    /** A new partner's for each test. */
    private final Callers callers = known();

    private final String endpoint = callers.post(
                    "/api/webhook-endpoints", "{\"url\":\"https://hooks.example.com/headwaiter\"}")
            .header("Location");

    private static Callers known() {
        Callers callers = HEADWAITER.gateway().with(HEADWAITER.addKey("bookings", RESTAURANT.id()));
        await().pollInterval(Duration.ofMillis(20))
                .until(() -> callers.get("/api/webhook-endpoints").status() == 200);
        return callers;
    }

    private long endpointId() {
        return Long.parseLong(endpoint.substring(endpoint.lastIndexOf('/') + 1));
    }

    /** A delivery as whoever sends has left it: nothing of it is due before tomorrow. */
    private long delivery(String eventId, String status) {
        return HEADWAITER
                .jdbc()
                .sql(
                        """
                        insert into webhook_deliveries (endpoint_id, event_id, restaurant_id, event_type, event_time, body, status, attempts,
                          next_attempt_at, last_attempt_at, response_status, response_body, failure)
                        values (:endpoint, :event, :restaurant, 'booking.confirmed', '2027-01-01T12:00Z', :body, :status, 3,
                          case :status when 'pending' then now() + interval '1 day' end, '2027-01-01T12:05Z',
                          case :status when 'delivered' then 204 when 'failed' then 500 end,
                          case :status when 'failed' then 'Out of order' end,
                          case :status when 'pending' then 'timeout' end)
                        returning id
                        """)
                .param("endpoint", endpointId())
                .param("event", eventId)
                .param("restaurant", RESTAURANT.id())
                .param("body", BODY.getBytes(StandardCharsets.UTF_8))
                .param("status", status)
                .query(Long.class)
                .single();
    }

    private Map<String, @Nullable Object> row(long id) {
        return HEADWAITER
                .jdbc()
                .sql("select *, next_attempt_at <= now() as due from webhook_deliveries where id = :id")
                .param("id", id)
                .query()
                .singleRow();
    }

    private void disable() {
        callers.json("PATCH", endpoint, "{\"enabled\":false}");
    }

    private Reply post(String path) {
        return callers.json("POST", endpoint + path, "");
    }

    private static List<Long> ids(Reply page) {
        return page.at("/data/deliveries")
                .valueStream()
                .map(each -> each.path("id").longValue())
                .toList();
    }

    @Test
    void deliveries_are_listed_page_by_page_the_latest_first() {
        long first = delivery("a", "delivered");
        long second = delivery("b", "failed");
        long third = delivery("c", "pending");

        Reply page = callers.get(endpoint + "/deliveries?limit=2");
        Reply next = callers.get(endpoint + "/deliveries?limit=2&after=" + page.at("/data/next_after"));

        assertThat(ids(page)).containsExactly(third, second);
        assertThat(ids(next)).containsExactly(first);
        assertThat(next.at("/data/next_after").isMissingNode()).isTrue();
        assertThat(page.at("/data/total").intValue()).isEqualTo(3);
        assertThat(ids(callers.get(endpoint + "/deliveries?status=failed"))).containsExactly(second);
        assertThat(callers.get(endpoint + "/deliveries?status=pending")
                        .at("/data/total")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void a_delivery_tells_what_became_of_it_and_what_was_sent() {
        long failed = delivery("b", "failed");
        long pending = delivery("c", "pending");

        JsonNode shown = callers.get(endpoint + "/deliveries/" + failed).at("/data/delivery");

        assertThat(shown.path("event_id").stringValue()).isEqualTo("b");
        assertThat(shown.path("event_type").stringValue()).isEqualTo("booking.confirmed");
        assertThat(shown.path("event_time").stringValue()).isEqualTo("2027-01-01T12:00:00Z");
        assertThat(shown.path("restaurant_id").longValue()).isEqualTo(RESTAURANT.id());
        assertThat(shown.path("status").stringValue()).isEqualTo("failed");
        assertThat(shown.path("attempts").intValue()).isEqualTo(3);
        assertThat(shown.path("response_status").intValue()).isEqualTo(500);
        assertThat(shown.path("response_body").stringValue()).isEqualTo("Out of order");
        assertThat(shown.path("last_attempt_at").stringValue()).isEqualTo("2027-01-01T12:05:00Z");
        assertThat(shown.has("next_attempt_at")).isFalse();
        assertThat(shown.path("body").stringValue()).isEqualTo(BODY);
        JsonNode other = callers.get(endpoint + "/deliveries/" + pending).at("/data/delivery");
        assertThat(other.has("next_attempt_at")).isTrue();
        assertThat(other.path("failure").stringValue()).isEqualTo("timeout");
        assertThat(other.has("response_status")).isFalse();
    }

    @Test
    void a_test_is_a_delivery_like_any_other() {
        Reply sent = post("/test");

        assertThat(sent.status()).as(sent.toString()).isEqualTo(201);
        long id = sent.at("/data/delivery/id").longValue();
        assertThat(sent.header("Location")).isEqualTo(endpoint + "/deliveries/" + id);
        assertThat(sent.at("/data/delivery/status").stringValue()).isEqualTo("pending");
        assertThat(sent.at("/data/delivery/event_id").stringValue()).matches("test_[0-9a-f]{32}");
        JsonNode body = JsonMapper.shared()
                .readTree(callers.get(sent.header("Location"))
                        .at("/data/delivery/body")
                        .stringValue());
        assertThat(body.propertyNames()).containsExactly("type", "timestamp", "data");
        assertThat(body.path("type").stringValue()).isEqualTo("webhook.test");
        assertThat(body.path("timestamp").stringValue())
                .isEqualTo(sent.at("/data/delivery/event_time").stringValue());
        assertThat(body.at("/data/webhook_endpoint_id").longValue()).isEqualTo(endpointId());
        assertThat(post("/test").at("/data/delivery/event_id")).isNotEqualTo(sent.at("/data/delivery/event_id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"delivered", "failed", "pending"})
    void a_redelivery_is_due_at_once_with_the_same_id_and_body(String status) {
        long id = delivery("b", status);
        long other = delivery("c", "failed");

        Reply again = post("/deliveries/" + id + "/redeliver");

        assertThat(again.status()).as(again.toString()).isEqualTo(202);
        assertThat(again.at("/data/delivery/id").longValue()).isEqualTo(id);
        assertThat(again.at("/data/delivery/status").stringValue()).isEqualTo("pending");
        assertThat(again.at("/data/delivery/attempts").intValue()).isZero();
        assertThat(again.at("/data/delivery/event_id").stringValue()).isEqualTo("b");
        assertThat(again.at("/data/delivery").has("next_attempt_at")).isTrue();
        assertThat(callers.get(endpoint + "/deliveries/" + id)
                        .at("/data/delivery/body")
                        .stringValue())
                .isEqualTo(BODY);
        assertThat(row(other)).containsEntry("status", "failed");
    }

    @Test
    void to_a_disabled_endpoint_nothing_is_sent_again() {
        long id = delivery("b", "failed");
        disable();

        for (Reply reply : List.of(post("/test"), post("/deliveries/" + id + "/redeliver"))) {
            assertThat(reply.status()).as(reply.toString()).isEqualTo(409);
            assertThat(reply.code()).isEqualTo("webhook_endpoint_disabled");
        }
        assertThat(row(id)).containsEntry("status", "failed");
        assertThat(callers.get(endpoint + "/deliveries").at("/data/total").intValue())
                .isEqualTo(1);
    }

    @Test
    void another_endpoints_delivery_is_not_found() {
        long id = delivery("b", "failed");
        String other = callers.post("/api/webhook-endpoints", "{\"url\":\"https://hooks.example.com/2\"}")
                .header("Location");
        Callers others = known();

        for (String delivery : List.of(Long.toString(id), "0", "x", "99999999999999999999")) {
            for (Reply reply : List.of(
                    callers.get(other + "/deliveries/" + delivery),
                    callers.json("POST", other + "/deliveries/" + delivery + "/redeliver", ""))) {
                assertThat(reply.status()).as(reply.toString()).isEqualTo(404);
                assertThat(reply.code()).isEqualTo("webhook_delivery_not_found");
            }
        }
        for (Reply reply : List.of(
                others.get(endpoint + "/deliveries/" + id),
                others.json("POST", endpoint + "/deliveries/" + id + "/redeliver", ""))) {
            assertThat(reply.code()).isEqualTo("webhook_endpoint_not_found");
        }
        assertThat(row(id)).containsEntry("status", "failed");
    }

    @Test
    void with_an_endpoint_its_deliveries_end_and_are_deleted_when_nobody_waits_for_it() throws SQLException {
        long one = delivery("pending", "pending");
        // More than go at once.
        HEADWAITER
                .jdbc()
                .sql(
                        """
                        insert into webhook_deliveries (endpoint_id, event_id, event_type, event_time, body)
                        select :id, n::text, 'booking.confirmed', now(), ''::bytea from generate_series(1, 2500) n
                        """)
                .param("id", endpointId())
                .update();
        try (Connection holder = HEADWAITER.connection()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("select from webhook_deliveries where id = " + one + " for update");

            assertThat(callers.delete(endpoint).status()).isEqualTo(204);

            for (Reply reply : List.of(
                    callers.get(endpoint),
                    callers.get(endpoint + "/deliveries"),
                    callers.get(endpoint + "/deliveries/" + one),
                    callers.json("POST", endpoint + "/deliveries/" + one + "/redeliver", ""),
                    callers.json("POST", endpoint + "/test", ""),
                    callers.json("PATCH", endpoint, "{\"enabled\":true}"),
                    callers.delete(endpoint))) {
                assertThat(reply.code()).isEqualTo("webhook_endpoint_not_found");
            }
            assertThat(callers.get("/api/webhook-endpoints").at("/data/total").intValue())
                    .isZero();
            assertThat(rowsOfEndpoint()).isPositive();
            holder.rollback();
        }
        await().until(() -> rowsOfEndpoint() == 0);
    }

    /** Of it and of its deliveries. */
    private long rowsOfEndpoint() {
        return HEADWAITER
                .jdbc()
                .sql(
                        """
                        select (select count(*) from webhook_deliveries where endpoint_id = :id)
                               + (select count(*) from webhook_endpoints where id = :id)
                        """)
                .param("id", endpointId())
                .query(Long.class)
                .single();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?after=x", "?status=lost", "?status=", "?event_id=b"})
    void a_list_that_is_not_understood_is_400(String query) {
        assertThat(callers.get(endpoint + "/deliveries" + query).status()).isEqualTo(400);
    }
}
