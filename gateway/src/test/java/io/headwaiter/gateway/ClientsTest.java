package io.headwaiter.gateway;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
        assertThat(added.header("ETag")).isEqualTo("\"1\"");
        assertThat(found.header("ETag")).isEqualTo("\"1\"");
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
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "search=lee | Ann Lee, Leelo",
                "search=LEE%40 | Leelo",
                "search=example.com | Ann Lee, Élan Poe, 100%_\\",
                "search=600100 | Ann Lee",
                "search=%2B34+600 | Ann Lee",
                "search=Ann+6 | ",
                "search=+ | Ann Lee, Élan Poe",
                "name=ann | Ann Lee",
                "name=%C3%A9L | Élan Poe",
                "name=example | ",
                "name=%25 | 100%_\\",
                "name=_ | 100%_\\",
                "name=%5C | 100%_\\",
                "name=%25_%5C | 100%_\\",
                "name=A%25e | ",
                "name=A_n | ",
                "name=' | ",
                "email=ANN | Ann Lee",
                "email=%40other | Leelo",
                "email=lee%25 | ",
                "phone=600 | Ann Lee",
                "phone=00-10 | Ann Lee",
                "phone=(34)60 | Ann Lee",
                "phone=5551 | Élan Poe",
                "phone=9 | ",
                "name=lee&email=example | Ann Lee",
                "search=lee&phone=34 | Ann Lee",
                "search=lee&name=poe | "
            })
    void clients_are_found_by_any_part_of_what_is_known_of_them(String query, String names) {
        add("Ann Lee", "Ann@example.com", "+34 600-100-200");
        add("Élan Poe", "poe@example.com", "0 (555) 1234");
        add("Leelo", "leelee@other.org", null);
        add("100%_\\\\", "odd@example.com", null);

        Reply found = callers.get(restaurant.clients() + "?" + query);

        assertThat(found.status()).as(found.toString()).isEqualTo(200);
        assertThat(found.json().at("/data/clients").valueStream().map(client -> client.path("name")
                        .stringValue()))
                .containsExactly(names == null ? new String[0] : names.split(", "));
        assertThat(found.at("/data/total").intValue())
                .isEqualTo(found.at("/data/clients").size());
    }

    private void add(String name, String email, @Nullable String phone) {
        Reply added = callers.post(
                restaurant.clients(),
                "{\"name\":\"%s\",\"email\":\"%s\"%s}"
                        .formatted(name, email, phone == null ? "" : ",\"phone\":\"" + phone + "\""));
        assertThat(added.status()).as(added.toString()).isEqualTo(201);
    }

    @Test
    void what_is_found_comes_in_pages_and_total_counts_all_of_it() {
        for (int i = 0; i < 6; i++) {
            add(i % 2 == 0 ? "Ann" : "Bo", "guest%d@example.com".formatted(i), null);
        }

        Reply first = callers.get(restaurant.clients() + "?name=ann&limit=2");
        Reply second = callers.get(restaurant.clients() + "?name=ann&limit=2&after=" + first.at("/data/next_after"));

        assertThat(first.at("/data/clients").size()).isEqualTo(2);
        assertThat(first.at("/data/total").intValue()).isEqualTo(3);
        assertThat(second.at("/data/clients")).hasSize(1);
        assertThat(second.at("/data/clients/0/email").stringValue()).isEqualTo("guest4@example.com");
        assertThat(second.at("/data/total").intValue()).isEqualTo(3);
        assertThat(second.at("/data/next_after").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "search=, search_invalid",
        "search=%00, search_invalid",
        "name=, name_invalid",
        "name=a%0Ab, name_invalid",
        "email=, email_invalid",
        "phone=, phone_invalid",
        "phone=abc, phone_invalid",
        "phone=%2B, phone_invalid",
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

    @Test
    void a_search_for_more_than_anything_stored_holds_is_400() {
        assertThat(callers.get(restaurant.clients() + "?search=" + "x".repeat(254))
                        .status())
                .isEqualTo(200);
        assertThat(callers.get(restaurant.clients() + "?search=" + "x".repeat(255))
                        .code())
                .isEqualTo("search_invalid");
        assertThat(callers.get(restaurant.clients() + "?limit=2&" + "name=".repeat(1500))
                        .status())
                .isEqualTo(400);
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
