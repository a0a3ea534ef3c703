package io.headwaiter.gateway;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not understood about a client, or is outside the contract's values, changes nothing. */
class ClientsBadInputTest {

    private static final Headwaiter HEADWAITER = Headwaiter.shared();
    private static final Known RESTAURANT = HEADWAITER.add(aRestaurant().withTables(4));
    private static final Callers CALLERS = HEADWAITER.of(RESTAURANT);
    private static final String ANN = CALLERS.post(
                    RESTAURANT.clients(), "{\"name\":\"Ann Lee\",\"email\":\"ann@example.com\",\"phone\":\"12345\"}")
            .header("Location");
    private static final String BEFORE = CALLERS.get(ANN).text();

    @AfterEach
    void nothing_is_changed() {
        assertThat(CALLERS.get(ANN).text()).isEqualTo(BEFORE);
        assertThat(HEADWAITER.rows("clients", RESTAURANT)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "PUT | {\"name\":7,\"email\":\"a@b\"} | wrong_type",
                "PUT | {\"name\":null,\"email\":\"a@b\"} | wrong_type",
                "PUT | {\"name\":\"Al\",\"email\":\"a@b\",\"phone\":5} | wrong_type",
                "PUT | {\"name\":\"Al\",\"email\":\"a@b\",\"version\":1} | unknown_member",
                "PUT | {\"name\":\"Al\",\"email\":\"a@b\",\"anonymized_at\":null} | unknown_member",
                "PUT | [] | wrong_type",
                "PUT | {\"name\":\"Al\",\"name\":\"Bo\",\"email\":\"a@b\"} | malformed_json",
                "PATCH | {\"name\":7} | wrong_type",
                "PATCH | {\"email\":[\"a@b\"]} | wrong_type",
                "PATCH | {\"phone\":{}} | wrong_type",
                "PATCH | {\"id\":2} | unknown_member",
                "PATCH | {\"email_key\":\"a@b\"} | unknown_member",
                "PATCH | [{\"op\":\"remove\",\"path\":\"/phone\"}] | wrong_type",
                "PATCH | null | wrong_type",
                "PATCH | nonsense | malformed_json",
                "PATCH | {} {} | malformed_json"
            })
    void a_body_that_is_not_understood_is_400(String method, String body, String code) {
        Reply reply = CALLERS.json(method, ANN, body);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "PUT | {} | client_name_invalid | name",
                "PUT | {\"name\":\"Al\"} | client_email_invalid | email",
                "PUT | {\"name\":\"A\",\"email\":\"a@b\"} | client_name_invalid | name",
                "PUT | {\"name\":\"Al\",\"email\":\"a@b\",\"phone\":\"1\"} | client_phone_invalid | phone",
                "PATCH | {\"name\":null} | client_name_invalid | name",
                "PATCH | {\"email\":null} | client_email_invalid | email",
                "PATCH | {\"name\":\"A\"} | client_name_invalid | name",
                "PATCH | {\"name\":\"A\\u0000b\"} | client_name_invalid | name",
                "PATCH | {\"email\":\"example.com\"} | client_email_invalid | email",
                "PATCH | {\"phone\":\"\"} | client_phone_invalid | phone",
                "PATCH | {\"phone\":\"call me\",\"email\":\"a b@c\"} | client_email_invalid | email"
            })
    void a_value_outside_the_contract_is_422(String method, String body, String code, String member) {
        Reply reply = CALLERS.json(method, ANN, body);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(422);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.at("/errors/0/member").stringValue()).isEqualTo(member);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH"})
    void a_huge_body_is_413_with_and_without_a_stated_length(String method) {
        byte[] large = "{\"name\":\"%s\"}".formatted("x".repeat(17 * 1024)).getBytes(StandardCharsets.UTF_8);
        String path = method.equals("POST") ? RESTAURANT.clients() : ANN;

        Reply stated =
                CALLERS.send(method, path, BodyPublishers.ofByteArray(large), "Content-Type", "application/json");
        Reply chunked = CALLERS.send(
                method,
                path,
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)),
                "Content-Type",
                "application/json");

        assertThat(stated.status()).isEqualTo(413);
        assertThat(chunked.status()).isEqualTo(413);
        assertThat(chunked.code()).isEqualTo("body_too_large");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, text/plain",
        "POST, application/merge-patch+json",
        "PUT, text/plain",
        "PUT, application/merge-patch+json",
        "PATCH, application/json-patch+json",
        "PATCH, application/x-www-form-urlencoded",
        "PATCH, nonsense"
    })
    void a_body_of_another_type_is_415(String method, String type) {
        String path = method.equals("POST") ? RESTAURANT.clients() : ANN;
        Reply reply = CALLERS.json(method, path, "{}", "Content-Type", type);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(415);
        assertThat(reply.code()).isEqualTo("media_type_not_supported");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-1", "01", "1.0", "1e3", "x", "99999999999999999999", "9223372036854775807", "%20", "null"
            })
    void a_client_that_cannot_be_is_not_found(String id) {
        String path = RESTAURANT.clients() + "/" + id;
        String guest = "{\"name\":\"Al\",\"email\":\"a@b\"}";

        for (Reply reply : new Reply[] {
            CALLERS.get(path),
            CALLERS.get(path + "/export"),
            CALLERS.json("PUT", path, guest),
            CALLERS.json("PATCH", path, guest),
            CALLERS.delete(path),
            CALLERS.delete(path + "?anonymize=true"),
            CALLERS.delete(path, "If-Match", "*")
        }) {
            assertThat(reply.status()).as(reply.toString()).isEqualTo(404);
            assertThat(reply.code()).isEqualTo("client_not_found");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, '', x=1, unknown_parameter",
        "GET, '', anonymize=true, unknown_parameter",
        "PUT, '', x=1, unknown_parameter",
        "PATCH, '', x=1, unknown_parameter",
        "DELETE, '', force=true, unknown_parameter",
        "DELETE, '', anonymize, anonymize_invalid",
        "DELETE, '', anonymize=, anonymize_invalid",
        "DELETE, '', anonymize=1, anonymize_invalid",
        "DELETE, '', anonymize=TRUE, anonymize_invalid",
        "DELETE, '', anonymize=true&anonymize=true, parameter_repeated",
        "DELETE, '', anonymize=%ff, query_malformed",
        "GET, /export, format=csv, unknown_parameter",
        "GET, /export, after=x, after_invalid",
        "GET, /export, after=, after_invalid"
    })
    void a_parameter_that_is_not_understood_is_400(String method, String rest, String query, String code) {
        String path = ANN + rest + "?" + query;
        Reply reply = method.startsWith("P")
                ? CALLERS.json(method, path, "{\"name\":\"Al\",\"email\":\"a@b\"}")
                : CALLERS.send(method, path, BodyPublishers.noBody());

        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"POST, ''", "PUT, /export", "DELETE, /export", "POST, /export"})
    void a_method_that_a_path_does_not_have_is_405(String method, String rest) {
        assertThat(CALLERS.json(method, ANN + rest, "{}").status()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "\"7", "\"1\" \"2\"", "*, \"1\"", ","})
    void a_precondition_that_is_not_understood_is_400(String header) {
        for (Reply reply : new Reply[] {
            CALLERS.json("PUT", ANN, "{\"name\":\"Al\",\"email\":\"a@b\"}", "If-Match", header),
            CALLERS.json("PATCH", ANN, "{\"name\":\"Al\"}", "If-Match", header),
            CALLERS.delete(ANN, "If-Match", header),
            CALLERS.delete(ANN + "?anonymize=true", "If-Match", header)
        }) {
            assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("if_match_invalid");
        }
    }
}
