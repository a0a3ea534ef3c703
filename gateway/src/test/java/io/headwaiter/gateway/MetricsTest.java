package io.headwaiter.gateway;

import static io.headwaiter.gateway.testing.Dates.JANUARY;
import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Link;
import io.headwaiter.gateway.testing.RawHttp;
import io.headwaiter.gateway.testing.Reply;
import io.headwaiter.gateway.testing.RunningGateway;
import io.headwaiter.local.fixtures.PrometheusPage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What happens at the door is seen where Prometheus looks, and nowhere that a partner can. */
class MetricsTest {

    private static final String ONE = "{\"date\":\"" + JANUARY + "-01T18:00:00Z\",\"guests\":4}";
    private static final String OWN_PORT = "--management.server.port=0";

    private final Headwaiter headwaiter = Headwaiter.shared();
    private final Known restaurant = headwaiter.add(aRestaurant().withTables(4));

    @Test
    void a_gateway_shows_what_it_takes_and_how_long_its_callers_wait() throws Exception {
        try (Link link = Link.to(headwaiter.jdbcUrl());
                RunningGateway gateway = headwaiter.startGateway(
                        OWN_PORT,
                        "--HEADWAITER_DATABASE_URL=" + link.through(headwaiter.jdbcUrl()),
                        "--spring.datasource.hikari.connection-timeout=500")) {
            Headwaiter.awaitKnown(gateway, restaurant);
            Callers callers = gateway.of(restaurant);
            metricsHaveAPortOfTheirOwn(gateway, callers);

            assertThat(callers.post(restaurant.reservations(), ONE).status()).isEqualTo(201);
            headwaiter.withoutDecisions(
                    () -> assertThat(callers.post(restaurant.reservations(), ONE, "Prefer", "wait=1")
                                    .status())
                            .isEqualTo(202));
            // The answer is on its way before what it took is counted.
            await().until(() ->
                    gateway.metrics().sum("http_server_requests_seconds_count", "method=\"POST\"", "status=\"202\"")
                            == 1);

            PrometheusPage page = gateway.metrics();
            assertThat(page.sum("headwaiter_request_publishing_seconds_count")).isEqualTo(2);
            assertThat(page.samples("headwaiter_request_publishing_seconds_bucket", "le=\"0.025\""))
                    .hasSize(1);
            assertThat(page.sum("headwaiter_waits_seconds_count", "ended=\"decided\""))
                    .isEqualTo(1);
            assertThat(page.sum("headwaiter_waits_seconds_count", "ended=\"ran_out\""))
                    .isEqualTo(1);
            assertThat(page.sum("headwaiter_event_tail_current")).isEqualTo(1);
            assertThat(page.sum("headwaiter_directory_age_seconds")).isBetween(0.0, 10.0);
            assertThat(page.names())
                    .contains(
                            "headwaiter_callers_waiting",
                            "headwaiter_requests_in_flight",
                            "hikaricp_connections_pending",
                            "tomcat_connections_current_connections",
                            "kafka_producer_record_error_total",
                            "kafka_consumer_fetch_manager_records_lag_max",
                            "jvm_memory_used_bytes");
            pathsAreTemplates(gateway, callers);

            link.cut();
            assertThat(callers.get(restaurant.clients()).status()).isEqualTo(503);
            assertThat(gateway.metrics().sum("headwaiter_turned_away_total", "cause=\"database_unavailable\""))
                    .isEqualTo(1);
        }
    }

    private static void metricsHaveAPortOfTheirOwn(RunningGateway gateway, Callers callers) {
        for (String path : List.of("/actuator/prometheus", "/actuator/health", "/actuator", "/actuator/env")) {
            assertThat(gateway.nobody().get(path).code()).as(path).isEqualTo("path_not_found");
            assertThat(callers.get(path).code()).as(path).isEqualTo("path_not_found");
        }
        for (String probe : List.of("liveness", "readiness")) {
            Reply reply = gateway.nobody().get("/actuator/health/" + probe);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).isEqualTo("{\"status\":\"UP\"}");
        }
        Callers operator = new Callers(gateway.managementUrl(), "");
        for (String path : List.of("/actuator/env", "/actuator/heapdump", "/actuator/loggers", "/api/restaurants")) {
            assertThat(operator.get(path).status()).as(path).isNotEqualTo(200);
        }
        assertThat(operator.get("/actuator/health/readiness").status()).isEqualTo(200);
    }

    private void pathsAreTemplates(RunningGateway gateway, Callers callers) {
        for (int i = 0; i < 20; i++) {
            callers.get("/api/restaurants/" + i + "/nothing-" + i);
            gateway.nobody().get("/nothing-" + i);
        }
        for (String method : List.of("FROB", "FROB2", "PROPFIND")) {
            RawHttp.send(gateway, method + " /x HTTP/1.1", "Host: localhost", "Connection: close", "");
        }

        PrometheusPage page = gateway.metrics();
        assertThat(page.text())
                .contains("uri=\"/api/restaurants/{restId}/reservations\"")
                .doesNotContain("nothing-", "FROB", "/api/restaurants/" + restaurant.id());
        assertThat(page.samples("http_server_requests_seconds_count")).hasSizeLessThan(40);
    }

    @Test
    void who_is_turned_away_is_counted_by_the_cause_and_logged_with_the_request_and_its_restaurant() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        try (RunningGateway gateway = headwaiter.startGateway(
                OWN_PORT,
                "--HEADWAITER_KAFKA=127.0.0.1:1",
                "--headwaiter.gateway.publish-block=700ms",
                "--headwaiter.gateway.publish-timeout=1s",
                "--headwaiter.gateway.in-flight-limit=1",
                "--headwaiter.gateway.waiting-limit=0",
                "--headwaiter.gateway.tail-pause=50ms",
                "--HEADWAITER_RATE_LIMIT=1",
                "--HEADWAITER_RATE_BURST=300")) {
            // Starting an application sets logging up anew.
            root.addAppender(lines);
            Headwaiter.awaitKnown(gateway, restaurant);
            Callers callers = gateway.of(restaurant);

            assertThat(callers.post(restaurant.reservations(), ONE).code()).isEqualTo("outcome_unknown");
            Thread.ofVirtual().start(() -> callers.post(restaurant.reservations(), ONE));
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            callers.post(restaurant.reservations(), ONE).code().equals("too_many_requests_in_flight"));
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> callers.get(restaurant.path()).status() == 429);

            PrometheusPage page = gateway.metrics();
            for (String cause : List.of("outcome_unknown", "too_many_requests_in_flight", "rate_limited")) {
                assertThat(page.sum("headwaiter_turned_away_total", "cause=\"" + cause + "\""))
                        .as(cause)
                        .isPositive();
            }
            assertThat(page.sum("headwaiter_waits_without_place_total")).isGreaterThan(1);
            assertThat(page.sum("headwaiter_event_tail_current")).isZero();
        } finally {
            root.detachAppender(lines);
        }
        assertThat(List.copyOf(lines.list))
                .filteredOn(line -> line.getFormattedMessage().contains("did not acknowledge a request"))
                .isNotEmpty()
                .allSatisfy(line -> {
                    Map<String, String> about = line.getMDCPropertyMap();
                    assertThat(about).containsEntry("restaurant_id", Long.toString(restaurant.id()));
                    assertThat(about.get("request_id")).matches("[0-9a-f]{32}");
                });
    }
}
