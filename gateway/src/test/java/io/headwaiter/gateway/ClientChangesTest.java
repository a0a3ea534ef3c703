package io.headwaiter.gateway;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest's details are replaced, or changed one by one, and nobody overwrites what they have not seen. */
class ClientChangesTest {

    private static final String ANN =
            "{\"name\":\"Ann Lee\",\"email\":\"ann@example.com\",\"phone\":\"+34 600 100 200\"}";

    private final Headwaiter headwaiter = Headwaiter.shared();
    private final Known restaurant = headwaiter.add(aRestaurant().withTables(4));
    private final Callers callers = headwaiter.of(restaurant);
    private final String ann = callers.post(restaurant.clients(), ANN).header("Location");

    private Reply put(String body, String... headers) {
        return callers.json("PUT", ann, body, headers);
    }

    private Reply patch(String body, String... headers) {
        return callers.json("PATCH", ann, body, headers);
    }

    @Test
    void a_replaced_client_has_what_was_sent_and_nothing_else() {
        Reply replaced = put("{\"name\":\"Ann Poe\",\"email\":\"poe@example.com\"}");

        assertThat(replaced.status()).as(replaced.toString()).isEqualTo(200);
        assertThat(replaced.at("/data/client/name").stringValue()).isEqualTo("Ann Poe");
        assertThat(replaced.at("/data/client/email").stringValue()).isEqualTo("poe@example.com");
        assertThat(replaced.at("/data/client/phone").isMissingNode()).isTrue();
        assertThat(replaced.at("/data/client/version").intValue()).isEqualTo(2);
        assertThat(replaced.header("ETag")).isEqualTo("\"2\"");
        assertThat(callers.get(ann).text()).isEqualTo(replaced.text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"name\":\"Ann Poe\"} | Ann Poe | ann@example.com | +34 600 100 200",
                "{\"email\":\"poe@example.com\"} | Ann Lee | poe@example.com | +34 600 100 200",
                "{\"phone\":\"12345\"} | Ann Lee | ann@example.com | 12345",
                "{\"phone\":null} | Ann Lee | ann@example.com | ",
                "{\"name\":\"Bo\",\"phone\":null} | Bo | ann@example.com | ",
                "{\"email\":\"ANN@example.com\"} | Ann Lee | ANN@example.com | +34 600 100 200"
            })
    void a_patch_changes_what_it_gives_and_leaves_the_rest(String body, String name, String email, String phone) {
        Reply patched = patch(body);

        assertThat(patched.status()).as(patched.toString()).isEqualTo(200);
        assertThat(patched.at("/data/client/name").stringValue()).isEqualTo(name);
        assertThat(patched.at("/data/client/email").stringValue()).isEqualTo(email);
        assertThat(patched.at("/data/client/phone").stringValue(null)).isEqualTo(phone);
        assertThat(patched.header("ETag")).isEqualTo("\"2\"");
        assertThat(callers.get(ann).text()).isEqualTo(patched.text());
    }

    @Test
    void a_patch_may_be_called_a_merge_patch() {
        Reply patched = patch("{\"name\":\"Ann Poe\"}", "Content-Type", "application/merge-patch+json");

        assertThat(patched.status()).as(patched.toString()).isEqualTo(200);
    }

    @Test
    void what_changes_nothing_makes_no_new_version() {
        assertThat(patch("{}").header("ETag")).isEqualTo("\"1\"");
        assertThat(patch("{\"name\":\"Ann Lee\"}").header("ETag")).isEqualTo("\"1\"");
        assertThat(put(ANN).header("ETag")).isEqualTo("\"1\"");
    }

    @Test
    void an_address_that_another_client_has_is_taken_whatever_its_case() {
        callers.post(restaurant.clients(), "{\"name\":\"Bo\",\"email\":\"bo@example.com\"}");

        for (Reply refused : List.of(
                put("{\"name\":\"Ann Lee\",\"email\":\"BO@example.com\"}"), patch("{\"email\":\"Bo@example.com\"}"))) {
            assertThat(refused.status()).as(refused.toString()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("client_email_taken");
        }
        assertThat(callers.get(ann).header("ETag")).isEqualTo("\"1\"");
    }

    @Test
    void another_restaurants_client_may_have_the_address() {
        Known other = headwaiter.add(aRestaurant().withTables(4));
        headwaiter.of(other).post(other.clients(), "{\"name\":\"Bo\",\"email\":\"bo@example.com\"}");

        assertThat(patch("{\"email\":\"bo@example.com\"}").status()).isEqualTo(200);
    }

    @Test
    void who_has_the_version_already_gets_it_no_more() {
        Reply known = callers.get(ann, "If-None-Match", "\"9\", W/\"1\"");
        patch("{\"name\":\"Ann Poe\"}");
        Reply changed = callers.get(ann, "If-None-Match", "\"1\"");

        assertThat(known.status()).isEqualTo(304);
        assertThat(known.header("ETag")).isEqualTo("\"1\"");
        assertThat(known.text()).isEmpty();
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE", "DELETE?anonymize=true"})
    void another_version_is_not_written_to(String call) {
        patch("{\"name\":\"Ann Poe\"}");

        Reply stale = write(call, "If-Match", "\"1\"");
        Reply weak = write(call, "If-Match", "W/\"2\"");
        Reply unreadable = write(call, "If-Match", "2");

        assertThat(stale.status()).as(stale.toString()).isEqualTo(412);
        assertThat(stale.code()).isEqualTo("version_mismatch");
        assertThat(weak.status()).isEqualTo(412);
        assertThat(unreadable.status()).isEqualTo(400);
        assertThat(unreadable.code()).isEqualTo("if_match_invalid");
        assertThat(callers.get(ann).at("/data/client/name").stringValue()).isEqualTo("Ann Poe");
        assertThat(write(call, "If-Match", "\"1\", \"2\"").status()).isIn(200, 204);
    }

    private Reply write(String call, String... headers) {
        String[] methodAndQuery = call.split("(?=\\?)", 2);
        String path = ann + (methodAndQuery.length > 1 ? methodAndQuery[1] : "");
        return call.startsWith("DELETE")
                ? callers.delete(path, headers)
                : callers.json(methodAndQuery[0], path, "{\"name\":\"Bo\",\"email\":\"bo@example.com\"}", headers);
    }

    @Test
    void of_many_who_change_the_same_version_at_once_one_does() throws InterruptedException {
        ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(i -> Thread.ofVirtual()
                        .start(() -> answers.add(patch("{\"name\":\"Ann %d\"}".formatted(i), "If-Match", "\"1\"")
                                .status())))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(answers).containsOnlyOnce(200).containsOnly(200, 412);
        assertThat(callers.get(ann).header("ETag")).isEqualTo("\"2\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE", "DELETE?anonymize=true", "GET/export"})
    void a_client_of_another_restaurant_is_not_found_and_not_touched(String call) {
        Known other = headwaiter.add(aRestaurant().withTables(4));
        long id = callers.get(ann).at("/data/client/id").longValue();
        String before = callers.get(ann).text();
        String method = call.split("[?/]")[0];
        String rest = call.substring(method.length());

        Reply viaOwnPath = reach(headwaiter.of(other), method, other.clients() + "/" + id + rest);
        Reply viaTheirs = reach(headwaiter.of(other), method, ann + rest);

        assertThat(viaOwnPath.status()).as(viaOwnPath.toString()).isEqualTo(404);
        assertThat(viaOwnPath.code()).isEqualTo("client_not_found");
        assertThat(viaTheirs.status()).isEqualTo(404);
        assertThat(viaTheirs.code()).isEqualTo("restaurant_not_found");
        assertThat(callers.get(ann).text()).isEqualTo(before);
    }

    private static Reply reach(Callers callers, String method, String path) {
        return method.startsWith("P")
                ? callers.json(method, path, "{\"name\":\"Eve\",\"email\":\"eve@example.com\"}")
                : callers.send(method, path, BodyPublishers.noBody());
    }

    @Test
    void a_key_without_the_scope_does_none_of_it() {
        String key = headwaiter.addKey("bookings,staff,setup", restaurant.id());
        Callers bookers = callers.with(key);
        await().until(() -> bookers.get(ann).status() != 401);

        for (Reply refused : List.of(
                bookers.get(ann),
                bookers.get(ann + "/export"),
                bookers.json("PUT", ann, ANN),
                bookers.json("PATCH", ann, "{}"),
                bookers.delete(ann))) {
            assertThat(refused.status()).as(refused.toString()).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("scope_missing");
        }
    }
}
