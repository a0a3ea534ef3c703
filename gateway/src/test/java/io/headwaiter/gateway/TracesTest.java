package io.headwaiter.gateway;

import static io.headwaiter.gateway.testing.Dates.JANUARY;
import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import io.headwaiter.gateway.testing.RunningGateway;
import io.headwaiter.gateway.testing.TraceCollector.Exported;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One trace, from a caller's POST through Kafka to the event; recorded as often as the gateway wants, not as its callers do. */
class TracesTest {

    private static final String ONE = "{\"date\":\"" + JANUARY + "-01T18:00:00Z\",\"guests\":4}";

    private final Headwaiter headwaiter = Headwaiter.shared();
    private final Known restaurant = headwaiter.add(aRestaurant().withTables(4));
    private final String traceId = UUID.randomUUID().toString().replace("-", "");

    @Test
    void a_booking_is_one_trace_from_the_post_over_the_record_to_the_event() {
        try (RunningGateway gateway = traced("1.0")) {
            Reply reply = gateway.of(restaurant)
                    .post(
                            restaurant.reservations(),
                            ONE,
                            "traceparent",
                            "00-" + traceId + "-b7ad6b7169203331-00",
                            "tracestate",
                            "vendor=secret",
                            "baggage",
                            "guest=secret");
            assertThat(reply.status()).as(reply.toString()).isEqualTo(201);

            Exported post = exported("gateway", "http post /api/restaurants/{restId}/reservations");
            Exported publish = exported("gateway", "publish booking.place");
            Exported decide = exported("booking-worker", "decide booking.place");
            assertThat(post.parent()).isEqualTo("b7ad6b7169203331");
            assertThat(publish.parent()).isEqualTo(post.id());
            assertThat(decide.parent()).isEqualTo(publish.id());
            assertThat(eventHeaders())
                    .contains("\"ce_traceparent\":\"00-" + traceId + "-" + publish.id() + "-01\"")
                    .doesNotContain("secret");
        }
    }

    @Test
    void a_caller_cannot_have_its_calls_recorded() {
        try (RunningGateway gateway = traced("0.0")) {
            Reply reply = gateway.of(restaurant)
                    .post(restaurant.reservations(), ONE, "traceparent", "00-" + traceId + "-b7ad6b7169203331-01");

            assertThat(reply.status()).isEqualTo(201);
            assertThat(eventHeaders()).doesNotContain("traceparent");
        }
        // What it had was exported when it stopped.
        assertThat(headwaiter.traces().knows(traceId)).isFalse();
    }

    @Test
    void a_traceparent_that_makes_no_sense_is_dropped_and_never_passed_on() {
        try (RunningGateway gateway = traced("1.0")) {
            for (String hostile : List.of(
                    "garbage", "00-" + traceId + "-b7ad6b7169203331-01-" + "x".repeat(1000), "00-" + traceId, "")) {
                Reply reply = gateway.of(restaurant)
                        .post(restaurant.reservations(), ONE, "traceparent", hostile, "Prefer", "wait=20");

                assertThat(reply.status()).as(hostile).isIn(201, 409);
                assertThat(eventHeaders()).contains("ce_traceparent").doesNotContain(traceId);
            }
        }
    }

    private RunningGateway traced(String share) {
        RunningGateway gateway = headwaiter.startGateway(Stream.concat(
                        Arrays.stream(headwaiter.traced()),
                        Stream.of("--management.tracing.sampling.probability=" + share))
                .toArray(String[]::new));
        Headwaiter.awaitKnown(gateway, restaurant);
        return gateway;
    }

    private Exported exported(String application, String name) {
        return await(name)
                .atMost(Duration.ofSeconds(20))
                .until(() -> headwaiter.traces().spans(application, traceId, name), spans -> spans.size() == 1)
                .getFirst();
    }

    /** As they are stored, and were published, of the last decision. */
    private String eventHeaders() {
        return headwaiter
                .jdbc()
                .sql(
                        """
                        select convert_from(event_headers, 'UTF8') from booking_requests
                        where restaurant_id = :restaurant order by decided_at desc limit 1
                        """)
                .param("restaurant", restaurant.id())
                .query(String.class)
                .single();
    }
}
