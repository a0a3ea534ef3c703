package io.headwaiter.gateway;

import static io.headwaiter.gateway.testing.Dates.JANUARY;
import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.RawHttp;
import io.headwaiter.gateway.testing.Reply;
import io.headwaiter.gateway.testing.RunningGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Paths, methods, media types, and requests that are broken below all that. */
class HttpTest {

    private static final Headwaiter HEADWAITER = Headwaiter.shared();
    private static final Known RESTAURANT = HEADWAITER.add(aRestaurant().withTables(4));

    private final RunningGateway gateway = HEADWAITER.gateway();
    private final Callers callers = HEADWAITER.of(RESTAURANT);

    @Test
    void an_unknown_path_is_not_found() {
        for (String path : List.of(
                "/api/x",
                "/api/restaurants/",
                RESTAURANT.path() + "/",
                RESTAURANT.path() + "/chairs",
                RESTAURANT.reservations() + "/",
                RESTAURANT.reservations() + "/1/x")) {
            Reply reply = callers.get(path);
            assertThat(reply.status()).as(path).isEqualTo(404);
            assertThat(reply.code()).as(path).isEqualTo("path_not_found");
        }
        for (String path : List.of(
                "/x",
                "/docs/",
                "/docs/index.html",
                "/contracts",
                "/contracts/schemas/nothing.json",
                "/webjars/swagger-ui/index.html",
                "/api",
                "/error",
                "/favicon.ico",
                "/index.html")) {
            Reply reply = gateway.nobody().get(path);
            assertThat(reply.status()).as(path).isEqualTo(404);
            assertThat(reply.code()).as(path).isEqualTo("path_not_found");
        }
    }

    @Test
    void a_wrong_method_is_told_the_right_ones() {
        Reply put = callers.send("PUT", RESTAURANT.reservations(), BodyPublishers.ofString("{}"));
        Reply delete = callers.send("DELETE", RESTAURANT.availability("date=2027-01-01"), BodyPublishers.noBody());

        assertThat(put.status()).isEqualTo(405);
        assertThat(put.code()).isEqualTo("method_not_allowed");
        assertThat(put.header("Allow")).isEqualTo("GET, POST");
        assertThat(delete.status()).isEqualTo(405);
        assertThat(delete.header("Allow")).contains("GET");
    }

    @Test
    void a_body_that_is_not_said_to_be_json_is_415() {
        for (String type : List.of(
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "nonsense")) {
            Reply reply = callers.post(RESTAURANT.reservations(), "{}", "Content-Type", type);
            assertThat(reply.status()).as(type).isEqualTo(415);
            assertThat(reply.code()).isEqualTo("media_type_not_supported");
        }
    }

    @Test
    void who_does_not_accept_json_is_told_so() {
        Reply reply = callers.get(RESTAURANT.clients(), "Accept", "text/html");

        assertThat(reply.status()).isEqualTo(406);
        assertThat(reply.code()).isEqualTo("not_acceptable");
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void who_accepts_json_gets_it_whatever_charset_they_would_like() {
        for (String accept : List.of(
                "application/json;charset=utf-16", "application/json;q=0.5, text/html", "application/*;v=1", "*/*")) {
            Reply reply = callers.get(RESTAURANT.clients(), "Accept", accept);

            assertThat(reply.status()).as(accept).isEqualTo(200);
            assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        }
    }

    @Test
    void no_answer_names_the_server_and_each_keeps_browsers_from_doing_anything_with_it() {
        List<Reply> replies = new ArrayList<>(answersOfTheWorker());
        replies.addAll(List.of(
                callers.get(RESTAURANT.clients()),
                callers.get(RESTAURANT.clients() + "/1"),
                callers.post(RESTAURANT.clients(), "nonsense"),
                callers.get("/api/restaurants/1;x=2/clients"),
                callers.get("/nowhere"),
                gateway.nobody().get(RESTAURANT.clients()),
                gateway.nobody().get("/actuator/health/liveness")));
        for (Reply reply : replies) {
            assertThat(reply.header("Server")).isEmpty();
            assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(reply.header("Content-Security-Policy")).isEqualTo("default-src 'none'; frame-ancestors 'none'");
            assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
            assertThat(reply.header("Set-Cookie")).isEmpty();
        }
    }

    /** An answer of each kind that the worker gives, one of them longer than a buffer. */
    private List<Reply> answersOfTheWorker() {
        // Longer than what Tomcat buffers of an answer.
        String notes = "\u20ac".repeat(1000);
        Known restaurant = HEADWAITER.add(aRestaurant().withTables(4));
        List<Reply> replies = List.of(
                ask(restaurant, "2020-01-01T18:00:00Z", notes, "wait=30"),
                ask(restaurant, JANUARY + "-01T18:00:00Z", notes, "wait=30"),
                ask(restaurant, JANUARY + "-02T18:00:00Z", notes, "respond-async"));
        assertThat(replies).extracting(Reply::status).containsExactly(409, 201, 202);
        assertThat(replies)
                .extracting(reply -> reply.header("Preference-Applied"))
                .containsExactly("wait=30", "wait=30", "respond-async");
        return replies;
    }

    private static Reply ask(Known restaurant, String date, String notes, String preference) {
        return HEADWAITER
                .of(restaurant)
                .post(
                        restaurant.reservations(),
                        "{\"date\":\"%s\",\"guests\":2,\"notes\":\"%s\"}".formatted(date, notes),
                        "Prefer",
                        preference);
    }

    @Test
    void every_answer_says_how_long_it_is() {
        List<Reply> replies = new ArrayList<>(answersOfTheWorker());
        replies.addAll(List.of(
                callers.get(RESTAURANT.clients()),
                callers.post(RESTAURANT.clients(), "nonsense"),
                gateway.nobody().get(RESTAURANT.clients())));
        for (Reply reply : replies) {
            assertThat(reply.header("Content-Length"))
                    .isEqualTo(Integer.toString(reply.response().body().length));
            assertThat(reply.header("Transfer-Encoding")).isEmpty();
        }
    }

    @Test
    void broken_requests_get_a_problem_and_no_stack_trace() {
        for (String line : List.of(
                "GET /api//restaurants HTTP/1.1",
                "GET /api/restaurants/%2e%2e/x HTTP/1.1",
                "GET /api/restaurants/1;x=2/clients HTTP/1.1",
                "GET /api/restaurants/1/clients?a%00=1 HTTP/1.1",
                "GET /api/restaurants/%00 HTTP/1.1",
                "GET /api/restaurants/%zz HTTP/1.1",
                "GET /api/restaurants/[1] HTTP/1.1",
                "GET /api/restaurants/1/clients HTTP/9.9",
                "G\u00cbT / HTTP/1.1")) {
            String answer = RawHttp.send(gateway, line, "Host: localhost", "Connection: close", "");
            assertThat(answer).as(line).matches("(?s)HTTP/1.1 (4|505).*");
            assertThat(answer).as(line).doesNotContain("Exception", "Tomcat", "<html", "Server:");
            assertThat(answer).as(line).contains("X-Content-Type-Options: nosniff", "Content-Security-Policy: ");
        }
    }

    @Test
    void headers_and_uris_are_bounded() {
        String answer = RawHttp.send(
                gateway, "GET /x HTTP/1.1", "Host: localhost", "X-Large: " + "x".repeat(9000), "Connection: close", "");
        String uri = RawHttp.send(
                gateway, "GET /" + "x".repeat(9000) + " HTTP/1.1", "Host: localhost", "Connection: close", "");

        assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("Tomcat");
        assertThat(uri).startsWith("HTTP/1.1 4").doesNotContain("Tomcat");
    }

    @Test
    void a_body_in_a_coding_that_nobody_knows_is_no_error_on_our_side() {
        String answer = RawHttp.send(
                gateway,
                "POST " + RESTAURANT.reservations() + " HTTP/1.1",
                "Host: localhost",
                "Authorization: Bearer " + RESTAURANT.key(),
                "Content-Type: application/json",
                "Transfer-Encoding: gzip, chunked",
                "Connection: close",
                "",
                "0",
                "");

        assertThat(answer).startsWith("HTTP/1.1 501").contains("\"code\":\"bad_request\"");
    }

    @Test
    void a_header_that_is_not_ascii_is_no_idempotency_key() {
        String answer = RawHttp.send(
                gateway,
                "POST " + RESTAURANT.reservations() + " HTTP/1.1",
                "Host: localhost",
                "Authorization: Bearer " + RESTAURANT.key(),
                "Idempotency-Key: k\u00e9",
                "Content-Type: application/json",
                "Content-Length: 39",
                "Connection: close",
                "",
                "{\"date\":\"" + JANUARY + "-01T18:00Z\",\"guests\":1}");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("idempotency_key_invalid");
    }

    @Test
    void a_caller_who_sends_too_slowly_is_cut_off() {
        try (RunningGateway impatient = HEADWAITER.startGateway("--server.tomcat.connection-timeout=300ms")) {
            Headwaiter.awaitKnown(impatient, RESTAURANT);

            String answer = RawHttp.send(
                    impatient,
                    "POST " + RESTAURANT.reservations() + " HTTP/1.1",
                    "Host: localhost",
                    "Authorization: Bearer " + RESTAURANT.key(),
                    "Content-Type: application/json",
                    "Content-Length: 500",
                    "",
                    "{\"date\"");

            assertThat(answer).startsWith("HTTP/1.1 408").contains("body_too_slow");
        }
    }

    @Test
    void more_connections_than_there_may_be_that_say_nothing_keep_nobody_out() throws IOException {
        try (RunningGateway full = HEADWAITER.startGateway(
                "--server.tomcat.max-connections=3",
                "--server.tomcat.connection-timeout=300ms",
                "--server.tomcat.keep-alive-timeout=300ms")) {
            Headwaiter.awaitKnown(full, RESTAURANT);
            List<Socket> silent = new ArrayList<>();
            try {
                for (int i = 0; i < 9; i++) {
                    silent.add(new Socket(InetAddress.getLoopbackAddress(), full.port()));
                }

                String answer = RawHttp.send(
                        full,
                        "GET " + RESTAURANT.clients() + " HTTP/1.1",
                        "Host: localhost",
                        "Authorization: Bearer " + RESTAURANT.key(),
                        "Connection: close",
                        "");

                assertThat(answer).startsWith("HTTP/1.1 200");
            } finally {
                for (Socket socket : silent) {
                    socket.close();
                }
            }
        }
    }

    @Test
    void health_tells_up_or_down_and_nothing_else_of_the_inside_is_shown() {
        for (String probe : List.of("liveness", "readiness")) {
            Reply reply = gateway.nobody().get("/actuator/health/" + probe);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).isEqualTo("{\"status\":\"UP\"}");
        }
        for (String path : List.of(
                "/actuator",
                "/actuator/health",
                "/actuator/health/readiness/eventTail",
                "/actuator/env",
                "/actuator/metrics",
                "/actuator/prometheus")) {
            assertThat(gateway.nobody().get(path).code()).as(path).isEqualTo("path_not_found");
            assertThat(callers.get(path).code()).as(path).isEqualTo("path_not_found");
        }
    }
}
