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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What is not understood, or outside the contract's values, is refused by the gateway alone, and nothing is written. */
class BadInputTest {

    private static final Headwaiter HEADWAITER = Headwaiter.shared();
    private static final Known RESTAURANT = HEADWAITER.add(aRestaurant().withTables(4));

    private final Callers callers = HEADWAITER.of(RESTAURANT);

    @AfterEach
    void nothing_is_written() {
        assertThat(HEADWAITER.rows("reservations", RESTAURANT)).isZero();
        assertThat(HEADWAITER.rows("clients", RESTAURANT)).isZero();
        assertThat(HEADWAITER.rows("booking_requests", RESTAURANT)).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "hello | malformed_json",
                "{ | malformed_json",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":2} {} | malformed_json",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":2,\"guests\":2} | malformed_json",
                "{'date':'2027-01-01T18:00Z','guests':2} | malformed_json",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":NaN} | malformed_json",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":02} | malformed_json",
                "[] | wrong_type",
                "null | wrong_type",
                "\"text\" | wrong_type",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":\"4\"} | wrong_type",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":2.5} | wrong_type",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":1e9} | wrong_type",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":null} | wrong_type",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":true} | wrong_type",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":[2]} | wrong_type",
                "{\"date\":1798826400,\"guests\":2} | wrong_type",
                "{\"date\":null,\"guests\":2} | wrong_type",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":2,\"table_id\":\"7\"} | wrong_type",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":2,\"client_id\":1.0} | wrong_type",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":2,\"client\":\"John\"} | wrong_type",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":2,\"client\":{\"name\":7,\"email\":\"a@b\"}} | wrong_type",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":2,\"client\":{\"name\":null,\"email\":\"a@b\"}} | wrong_type",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":2,\"notes\":{}} | wrong_type",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":2,\"tableId\":7} | unknown_member",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":2,\"client\":{\"name\":\"Al\",\"email\":\"a@b\",\"vip\":true}} | unknown_member",
                "{\"date\":\"2027-01-01T18:00:00\",\"guests\":2} | date_invalid",
                "{\"date\":\"2027-01-01\",\"guests\":2} | date_invalid",
                "{\"date\":\"2027-02-29T18:00Z\",\"guests\":2} | date_invalid",
                "{\"date\":\"2027-01-01T25:00Z\",\"guests\":2} | date_invalid",
                "{\"date\":\"2027-01-01T18:00+19:00\",\"guests\":2} | date_invalid",
                "{\"date\":\"2027-01-01T18:00+01:60\",\"guests\":2} | date_invalid",
                "{\"date\":\"2027-01-01T18:00ZZ\",\"guests\":2} | date_invalid",
                "{\"date\":\"2027-01-01T18:00Z[Europe/Madrid]\",\"guests\":2} | date_invalid",
                "{\"date\":\"+12027-01-01T18:00Z\",\"guests\":2} | date_invalid",
                "{\"date\":\"\",\"guests\":2} | date_invalid",
                "{\"date\":\"tomorrow\",\"guests\":2} | date_invalid"
            })
    void what_is_not_understood_is_400(String body, String code) {
        Reply reply = callers.post(RESTAURANT.reservations(), body.strip());

        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(code);
        assertThatItIsAProblem(reply);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{} | guests_missing | guests",
                "{\"date\":\"2027-01-01T18:00Z\"} | guests_missing | guests",
                "{\"guests\":2} | date_missing | date",
                "{\"date\":\"1999-12-31T23:59Z\",\"guests\":2} | date_out_of_range | date",
                "{\"date\":\"2200-01-01T00:00Z\",\"guests\":2} | date_out_of_range | date",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":0} | guests_out_of_range | guests",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":21} | guests_out_of_range | guests",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":-1} | guests_out_of_range | guests",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":1000000000} | guests_out_of_range | guests",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":4294967298} | guests_out_of_range | guests",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":18446744073709551618} | guests_out_of_range | guests",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":2,\"table_id\":0} | table_id_invalid | table_id",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":2,\"client_id\":-1} | client_id_invalid | client_id",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":2,\"client_id\":1,\"client\":{\"name\":\"Al\",\"email\":\"a@b\"}} | client_ambiguous | client",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":2,\"client\":{\"name\":\"A\",\"email\":\"a@b\"}} | client_name_invalid | client.name",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":2,\"client\":{\"email\":\"a@b\"}} | client_name_invalid | client.name",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":2,\"client\":{\"name\":\"A\\u0000b\",\"email\":\"a@b\"}} | client_name_invalid | client.name",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":2,\"client\":{\"name\":\"A\\ud800b\",\"email\":\"a@b\"}} | client_name_invalid | client.name",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":2,\"client\":{\"name\":\"Al\",\"email\":\"example.com\"}} | client_email_invalid | client.email",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":2,\"client\":{\"name\":\"Al\",\"email\":\"a@b\",\"phone\":\"call me\"}} | client_phone_invalid | client.phone",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":2,\"reference\":\"\"} | reference_invalid | reference",
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":2,\"notes\":\"\\u0007\"} | notes_invalid | notes"
            })
    void what_is_outside_the_contract_is_422(String body, String code, String member) {
        Reply reply = callers.post(RESTAURANT.reservations(), body.strip());

        assertThat(reply.status()).as(reply.toString()).isEqualTo(422);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.at("/errors/0/member").stringValue()).isEqualTo(member);
        assertThatItIsAProblem(reply);
    }

    @Test
    void a_name_of_101_characters_and_notes_of_1001_are_too_long() {
        Reply reply = callers.post(
                RESTAURANT.reservations(),
                "{\"date\":\"2027-01-01T18:00Z\",\"guests\":2,\"client\":{\"name\":\"%s\",\"email\":\"a@b\"},\"notes\":\"%s\"}"
                        .formatted("n".repeat(101), "n".repeat(1001)));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("errors").valueStream().map(error -> error.path("code")
                        .stringValue()))
                .containsExactly("client_name_invalid", "notes_invalid");
        assertThat(reply.json().path("errors").valueStream())
                .allSatisfy(
                        error -> assertThat(error.path("detail").stringValue()).isNotBlank());
    }

    @Test
    void a_date_without_an_offset_is_told_so() {
        Reply reply = callers.post(RESTAURANT.reservations(), "{\"date\":\"2027-01-01T18:00:00\",\"guests\":2}");

        assertThat(reply.at("/detail").stringValue()).contains("offset");
        assertThat(reply.at("/member").stringValue()).isEqualTo("date");
    }

    @Test
    void a_body_must_be_there_and_in_utf_8() {
        Reply none = callers.post(RESTAURANT.reservations(), "");
        Reply latin = callers.post(
                RESTAURANT.reservations(),
                BodyPublishers.ofByteArray("{\"notes\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)));
        Reply wide = callers.post(
                RESTAURANT.reservations(), BodyPublishers.ofByteArray("{}".getBytes(StandardCharsets.UTF_16BE)));

        assertThat(none.code()).isEqualTo("malformed_json");
        assertThat(latin.code()).isEqualTo("malformed_json");
        assertThat(wide.code()).isEqualTo("malformed_json");
    }

    @Test
    void a_deep_document_is_not_followed_down() {
        Reply reply = callers.post(RESTAURANT.reservations(), "{\"notes\":" + "[".repeat(8000));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("malformed_json");
    }

    @Test
    void a_body_over_16_kilobytes_is_413_with_and_without_a_stated_length() {
        byte[] large = "{\"notes\":\"%s\"}".formatted("x".repeat(17 * 1024)).getBytes(StandardCharsets.UTF_8);

        Reply stated = callers.post(RESTAURANT.reservations(), BodyPublishers.ofByteArray(large));
        Reply chunked = callers.post(
                RESTAURANT.reservations(), BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)));

        assertThat(stated.status()).isEqualTo(413);
        assertThat(stated.code()).isEqualTo("body_too_large");
        assertThat(chunked.status()).isEqualTo(413);
        assertThat(chunked.code()).isEqualTo("body_too_large");
    }

    private static void assertThatItIsAProblem(Reply reply) {
        JsonNode problem = reply.json();
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(problem.path("status").intValue()).isEqualTo(reply.status());
        assertThat(problem.path("success").booleanValue(true)).isFalse();
        assertThat(problem.path("type").stringValue()).isEqualTo("urn:headwaiter:problem:" + reply.code());
        assertThat(problem.path("title").stringValue()).isNotBlank();
        assertThat(problem.path("detail").stringValue()).endsWith(".");
        assertThat(reply.text()).doesNotContain("io.headwaiter").doesNotContain("Exception");
    }
}
