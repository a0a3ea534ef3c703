package io.headwaiter.gateway;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody can have as a webhook endpoint. */
class WebhookEndpointsBadInputTest {

    private static final Headwaiter HEADWAITER = Headwaiter.shared();
    private static final Known RESTAURANT = HEADWAITER.add(aRestaurant().withTables(4));
    private static final Callers CALLERS = HEADWAITER.gateway().with(HEADWAITER.addKey("bookings", RESTAURANT.id()));
    private static final String PATH = "/api/webhook-endpoints";
    private static final String URL = "https://hooks.example.com/headwaiter";

    private static String added = "";

    @BeforeAll
    static void there_is_one_to_be_changed() {
        await().until(() -> CALLERS.get(PATH).status() == 200);
        added = CALLERS.post(PATH, "{\"url\":\"%s\"}".formatted(URL)).header("Location");
    }

    /** All that is stored of the partner's endpoints: nothing but the first one, as it was. */
    private static String stored() {
        return CALLERS.get(PATH).text();
    }

    @Test
    void a_url_of_ten_thousand_letters_is_refused() {
        refuses(
                "{\"url\":\"https://hooks.example.com/%s\"}".formatted("x".repeat(10_000)),
                422,
                "webhook_url_length",
                "url");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{} | 422 | webhook_url_invalid | url",
                "{\"url\":\"\"} | 422 | webhook_url_invalid | url",
                "{\"url\":\"hooks.example.com\"} | 422 | webhook_url_invalid | url",
                "{\"url\":\"https://\"} | 422 | webhook_url_invalid | url",
                "{\"url\":\"https:hooks\"} | 422 | webhook_url_invalid | url",
                "{\"url\":\"/hooks\"} | 422 | webhook_url_invalid | url",
                "{\"url\":\"https://hooks example.com\"} | 422 | webhook_url_invalid | url",
                "{\"url\":\"https://hooks.example.com/\\u0000\"} | 422 | webhook_url_invalid | url",
                "{\"url\":\"https://hooks.example.com/\\ud800\"} | 422 | webhook_url_invalid | url",
                "{\"url\":\"https://hooks.example.com/#here\"} | 422 | webhook_url_refused | url",
                "{\"url\":\"https://me:secret@hooks.example.com\"} | 422 | webhook_url_refused | url",
                "{\"url\":\"http://hooks.example.com\"} | 422 | webhook_url_refused | url",
                "{\"url\":\"ftp://hooks.example.com\"} | 422 | webhook_url_refused | url",
                "{\"url\":\"https://localhost\"} | 422 | webhook_url_refused | url",
                "{\"url\":\"https://hooks.localhost\"} | 422 | webhook_url_refused | url",
                "{\"url\":\"https://intranet\"} | 422 | webhook_url_refused | url",
                "{\"url\":\"https://127.0.0.1\"} | 422 | webhook_url_refused | url",
                "{\"url\":\"https://127.1\"} | 422 | webhook_url_invalid | url",
                "{\"url\":\"https://2130706433\"} | 422 | webhook_url_refused | url",
                "{\"url\":\"https://10.0.0.1\"} | 422 | webhook_url_refused | url",
                "{\"url\":\"https://169.254.169.254/latest/meta-data\"} | 422 | webhook_url_refused | url",
                "{\"url\":\"https://100.64.0.1\"} | 422 | webhook_url_refused | url",
                "{\"url\":\"https://[::1]\"} | 422 | webhook_url_refused | url",
                "{\"url\":\"https://[::ffff:127.0.0.1]\"} | 422 | webhook_url_refused | url",
                "{\"url\":\"https://[64:ff9b::7f00:1]\"} | 422 | webhook_url_refused | url",
                "{\"url\":\"https://224.0.0.1\"} | 422 | webhook_url_refused | url",
                "{\"url\":\"https://hooks.example.com:22\"} | 422 | webhook_url_refused | url",
                "{\"url\":\"file:///etc/passwd\"} | 422 | webhook_url_invalid | url",
                "{\"url\":\"https://h\u00f6oks.example.com\"} | 422 | webhook_url_invalid | url",
                "{\"url\":\"https://hooks.example.com/\u00e9\"} | 422 | webhook_url_invalid | url",
                "{\"url\":7} | 400 | wrong_type |",
                "{\"url\":null} | 400 | wrong_type |",
                "{\"url\":\"https://a.example.com\",\"event_types\":[\"booking.confirmed\",\"booking.eaten\"]} | 422 | event_types_known | event_types",
                "{\"url\":\"https://a.example.com\",\"event_types\":[\"\"]} | 422 | event_types_known | event_types",
                "{\"url\":\"https://a.example.com\",\"event_types\":[\"table.blocked\"]} | 422 | event_types_of_tables | event_types",
                "{\"url\":\"https://a.example.com\",\"event_types\":\"booking.confirmed\"} | 400 | wrong_type |",
                "{\"url\":\"https://a.example.com\",\"event_types\":[7]} | 400 | wrong_type |",
                "{\"url\":\"https://a.example.com\",\"description\":\"\"} | 422 | webhook_description_length | description",
                "{\"url\":\"https://a.example.com\",\"description\":\"\\u0000\"} | 422 | webhook_description_length | description",
                "{\"url\":\"https://a.example.com\",\"description\":7} | 400 | wrong_type |",
                "{\"url\":\"https://a.example.com\",\"restaurants\":[\"1\"]} | 400 | wrong_type |",
                "{\"url\":\"https://a.example.com\",\"restaurants\":1} | 400 | wrong_type |",
                "{\"url\":\"https://a.example.com\",\"restaurants\":[99999999999999999999]} | 404 | restaurant_not_found |",
                "{\"url\":\"https://a.example.com\",\"enabled\":null} | 400 | wrong_type |",
                "{\"url\":\"https://a.example.com\",\"enabled\":\"yes\"} | 400 | wrong_type |",
                "{\"url\":\"https://a.example.com\",\"secret\":\"mine\"} | 400 | unknown_member |",
                "{\"url\":\"https://a.example.com\",\"every_booking\":true} | 400 | unknown_member |",
                "[] | 400 | wrong_type |",
                "x | 400 | malformed_json |"
            })
    void an_endpoint_outside_the_contract_is_refused_and_nothing_is_stored(
            String body, int status, String code, @Nullable String member) {
        refuses(body, status, code, member);
    }

    private static void refuses(String body, int status, String code, @Nullable String member) {
        String before = stored();
        List<Reply> replies = new ArrayList<>(List.of(CALLERS.post(PATH, body)));
        if (!body.equals("{}")) {
            replies.add(CALLERS.json("PATCH", added, body));
        }

        for (Reply reply : replies) {
            assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
            assertThat(reply.code()).isEqualTo(code);
            if (member != null) {
                assertThat(reply.at("/errors/0/member").stringValue()).isEqualTo(member);
            }
        }
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void an_endpoint_for_a_thousand_and_one_restaurants_is_refused() {
        String ids = IntStream.rangeClosed(1, 1001).mapToObj(Integer::toString).collect(Collectors.joining(","));

        Reply reply = CALLERS.post(PATH, "{\"url\":\"%s\",\"restaurants\":[%s]}".formatted(URL, ids));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/errors/0/member").stringValue()).isEqualTo("restaurants");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=x", "?after=x", "?url=x"})
    void a_list_that_is_not_understood_is_400(String query) {
        assertThat(CALLERS.get(PATH + query).status()).isEqualTo(400);
    }
}
