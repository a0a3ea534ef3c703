package io.headwaiter.gateway;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ClientsTest {

    private final Headwaiter headwaiter = Headwaiter.shared();
    private final Known restaurant = headwaiter.add(aRestaurant().withTables(4));
    private final Callers callers = headwaiter.of(restaurant);

    @Test
    void a_client_is_added_and_found_where_it_is_said_to_be() {
        Reply added = callers.post(
                restaurant.clients(),
                "{\"name\":\"Ann Lee\",\"email\":\"Ann@example.com\",\"phone\":\"+34 600 100 200\"}");
        Reply found = callers.get(added.header("Location"));

        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        assertThat(added.at("/data/client/name").stringValue()).isEqualTo("Ann Lee");
        assertThat(added.at("/data/client/email").stringValue()).isEqualTo("Ann@example.com");
        assertThat(added.at("/data/client/phone").stringValue()).isEqualTo("+34 600 100 200");
        assertThat(found.text()).isEqualTo(added.text());
    }

    @Test
    void an_address_is_taken_whatever_its_case_but_by_this_restaurant_only() {
        Known other = headwaiter.add(aRestaurant().withTables(4));
        String lower = "{\"name\":\"Ann Lee\",\"email\":\"ann@example.com\"}";
        String upper = "{\"name\":\"Ann Lee\",\"email\":\"ANN@EXAMPLE.COM\"}";

        assertThat(callers.post(restaurant.clients(), lower).status()).isEqualTo(201);
        Reply again = callers.post(restaurant.clients(), upper);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("client_email_taken");
        assertThat(headwaiter.of(other).post(other.clients(), upper).status()).isEqualTo(201);
    }

    @Test
    void clients_are_listed_by_pages_and_only_the_restaurants_own() {
        Known other = headwaiter.add(aRestaurant().withTables(4));
        headwaiter.of(other).post(other.clients(), "{\"name\":\"Bo\",\"email\":\"bo@example.com\"}");
        List<Long> added = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            added.add(callers.post(
                            restaurant.clients(), "{\"name\":\"Ann\",\"email\":\"ann%d@example.com\"}".formatted(i))
                    .at("/data/client/id")
                    .longValue());
        }

        List<Long> listed = new ArrayList<>();
        String after = "0";
        while (!after.isEmpty()) {
            Reply page = callers.get(restaurant.clients() + "?limit=2&after=" + after);
            assertThat(page.at("/data/total").longValue()).isEqualTo(5);
            page.at("/data/clients")
                    .forEach(client -> listed.add(client.path("id").longValue()));
            JsonNode next = page.at("/data/next_after");
            after = next.isMissingNode() ? "" : next.toString();
        }

        assertThat(listed).isEqualTo(added);
        assertThat(callers.get(restaurant.clients()).json().path("data").propertyNames())
                .containsExactly("clients", "total");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit_invalid",
        "limit=201, limit_invalid",
        "limit=x, limit_invalid",
        "limit=, limit_invalid",
        "after=x, after_invalid",
        "after=99999999999999999999, after_invalid",
        "page=2, unknown_parameter",
        "limit=1&limit=2, parameter_repeated",
        "limit=%ff%fe, query_malformed"
    })
    void a_list_that_is_not_understood_is_400(String query, String code) {
        Reply reply = callers.get(restaurant.clients() + "?" + query);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{} | 422 | client_name_invalid | name",
                "{\"name\":\"A\",\"email\":\"a@b\"} | 422 | client_name_invalid | name",
                "{\"name\":\"Al\",\"email\":\"a b@c\"} | 422 | client_email_invalid | email",
                "{\"name\":\"Al\",\"email\":\"a@b\",\"phone\":\"1\"} | 422 | client_phone_invalid | phone",
                "{\"name\":\"Al\",\"email\":\"a@b\",\"id\":1} | 400 | unknown_member |",
                "{\"name\":\"Al\",\"email\":[\"a@b\"]} | 400 | wrong_type |"
            })
    void a_client_outside_the_contract_is_refused_and_not_written(String body, int status, String code, String member) {
        Reply reply = callers.post(restaurant.clients(), body);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        if (member != null) {
            assertThat(reply.at("/errors/0/member").stringValue()).isEqualTo(member);
        }
        assertThat(headwaiter.rows("clients", restaurant)).isZero();
    }

    @Test
    void a_client_that_is_not_there_or_elsewhere_is_not_found() {
        Known other = headwaiter.add(aRestaurant().withTables(4));
        long elsewhere = headwaiter
                .of(other)
                .post(other.clients(), "{\"name\":\"Bo\",\"email\":\"bo@example.com\"}")
                .at("/data/client/id")
                .longValue();

        for (String id : List.of("" + elsewhere, "0", "x", "99999999999999999999")) {
            Reply reply = callers.get(restaurant.clients() + "/" + id);
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.code()).isEqualTo("client_not_found");
        }
    }
}
