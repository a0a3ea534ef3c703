package io.headwaiter.gateway;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import io.headwaiter.gateway.webhooks.SealSecrets;
import io.headwaiter.schemas.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** {@code /api/webhook-endpoints}, as partners manage them. */
@ExtendWith(OutputCaptureExtension.class)
class WebhookEndpointsTest {

    private static final Headwaiter HEADWAITER = Headwaiter.shared();
    private static final Known RESTAURANT = HEADWAITER.add(aRestaurant().withTables(4));
    private static final String PATH = "/api/webhook-endpoints";
    private static final String URL = "https://hooks.example.com/headwaiter";
    private static final String PLAIN = "{\"url\":\"%s\"}".formatted(URL);

    /** A new partner's for each test. */
    private final Callers callers = known(HEADWAITER.addKey("bookings", RESTAURANT.id()));

    private final Callers staff = known(keyOfTheSamePartner(callers, "staff"));

    private static Callers known(String key) {
        Callers callers = HEADWAITER.gateway().with(key);
        await().pollInterval(Duration.ofMillis(20))
                .until(() -> callers.get(PATH).status() == 200);
        return callers;
    }

    private static byte[] hash(String key) {
        return Sha256.of(key.getBytes(StandardCharsets.UTF_8));
    }

    private static long partner(Callers callers) {
        return HEADWAITER
                .jdbc()
                .sql("select partner_id from api_keys where key_hash = :hash")
                .param("hash", hash(callers.key()))
                .query(Long.class)
                .single();
    }

    private static String keyOfTheSamePartner(Callers callers, String scopes) {
        String key = "key-" + UUID.randomUUID();
        HEADWAITER
                .jdbc()
                .sql(
                        """
                        with key as (
                          insert into api_keys (partner_id, key_hash, scopes)
                          values (:partner, :hash, cast(:scopes as text[])) returning id)
                        insert into api_key_restaurants (api_key_id, restaurant_id) select id, :restaurant from key
                        """)
                .param("partner", partner(callers))
                .param("hash", hash(key))
                .param("scopes", "{" + scopes + "}")
                .param("restaurant", RESTAURANT.id())
                .update();
        return key;
    }

    private static Reply add(Callers callers, String json) {
        Reply added = callers.post(PATH, json);
        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        return added;
    }

    private static Reply patch(Callers callers, Reply added, String json, String... headers) {
        return callers.json("PATCH", added.header("Location"), json, headers);
    }

    private static JsonNode hook(Reply reply) {
        return reply.at("/data/webhook_endpoint");
    }

    private static long id(Reply added) {
        return hook(added).path("id").longValue();
    }

    /**
     * All that is stored of these partners' endpoints, to the letter. Those of other tests are not held still: what was deleted there
     * is cleared away in the background.
     */
    private static String stored(Callers... partners) {
        return HEADWAITER
                .jdbc()
                .sql(
                        """
                        select coalesce(string_agg(e::text, ' ' order by id), '')
                               || coalesce(string_agg((select string_agg(r::text, ' ' order by r::text)
                                                       from webhook_endpoint_restaurants r where r.endpoint_id = e.id), ' ' order by id), '')
                        from webhook_endpoints e where e.partner_id in (:partners)
                        """)
                .param(
                        "partners",
                        Stream.of(partners).map(WebhookEndpointsTest::partner).toList())
                .query(String.class)
                .single();
    }

    private static byte[] unsealed(Reply added, String column) {
        return HEADWAITER
                .gateway()
                .bean(SealSecrets.class)
                .unseal(HEADWAITER
                        .jdbc()
                        .sql("select " + column + " from webhook_endpoints where id = :id")
                        .param("id", id(added))
                        .query(byte[].class)
                        .single());
    }

    private static byte[] shown(Reply reply) {
        return Base64.getDecoder().decode(reply.at("/data/secret").stringValue().substring("whsec_".length()));
    }

    private static void setFailing(Reply added, String disabledReason) {
        HEADWAITER
                .jdbc()
                .sql(
                        """
                        update webhook_endpoints
                        set failing_since = now() - interval '5 days', disabled_at = now(), disabled_reason = :reason
                        where id = :id
                        """)
                .param("reason", disabledReason)
                .param("id", id(added))
                .update();
    }

    @Test
    void an_endpoint_is_added_found_changed_and_removed() {
        Reply added = add(
                callers,
                """
                {"url":"%s?x=1","description":"Front desk","event_types":["booking.moved","booking.confirmed","booking.moved"],
                 "restaurants":[%d]}
                """
                        .formatted(URL, RESTAURANT.id()));

        assertThat(added.header("Location")).isEqualTo(PATH + "/" + id(added));
        assertThat(hook(added).path("url").stringValue()).isEqualTo(URL + "?x=1");
        assertThat(hook(added).path("event_types").toString()).isEqualTo("[\"booking.confirmed\",\"booking.moved\"]");
        assertThat(hook(added).path("restaurants").toString()).isEqualTo("[" + RESTAURANT.id() + "]");
        assertThat(hook(added).path("enabled").booleanValue()).isTrue();
        Reply found = callers.get(added.header("Location"));
        assertThat(hook(found)).isEqualTo(hook(added));
        assertThat(found.header("ETag")).isEqualTo("\"1\"").isEqualTo(added.header("ETag"));
        assertThat(callers.get(added.header("Location"), "If-None-Match", "\"1\"")
                        .status())
                .isEqualTo(304);

        Reply changed = patch(
                callers,
                added,
                "{\"url\":\"%s\",\"description\":null,\"event_types\":[],\"restaurants\":null}".formatted(URL));

        assertThat(hook(changed).path("url").stringValue()).isEqualTo(URL);
        assertThat(hook(changed).has("description")).isFalse();
        assertThat(hook(changed).path("event_types")).isEmpty();
        assertThat(hook(changed).path("restaurants")).isEmpty();
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");
        assertThat(callers.get(added.header("Location")).text()).isEqualTo(changed.text());
        assertThat(patch(callers, added, PLAIN).text()).isEqualTo(changed.text());

        assertThat(callers.delete(added.header("Location")).status()).isEqualTo(204);
        assertThat(callers.get(added.header("Location")).code()).isEqualTo("webhook_endpoint_not_found");
        assertThat(callers.delete(added.header("Location")).status()).isEqualTo(404);
    }

    @Test
    void the_secret_is_shown_once_and_stored_only_sealed(CapturedOutput output) {
        Reply added = add(callers, PLAIN);
        String secret = added.at("/data/secret").stringValue();

        assertThat(shown(added)).hasSize(32).isEqualTo(unsealed(added, "secret"));
        assertThat(added.header("Cache-Control")).contains("no-store");
        for (Reply later : List.of(
                callers.get(PATH),
                callers.get(added.header("Location")),
                patch(callers, added, "{\"enabled\":false}"))) {
            assertThat(later.text()).doesNotContain("secret").doesNotContain("whsec_");
        }
        assertThat(stored(callers))
                .doesNotContain(secret.substring("whsec_".length()))
                .doesNotContain(HexFormat.of().formatHex(shown(added)));
        assertThat(output).doesNotContain(secret);
        assertThat(add(callers, PLAIN).at("/data/secret").stringValue()).isNotEqualTo(secret);
    }

    @Test
    void a_secret_that_is_rotated_signs_for_a_day_beside_the_new_one() {
        Reply added = add(callers, PLAIN);
        Instant before = Instant.now();

        Reply rotated = callers.json("POST", added.header("Location") + "/secret", "");

        assertThat(rotated.status()).as(rotated.toString()).isEqualTo(201);
        assertThat(shown(rotated)).isNotEqualTo(shown(added)).isEqualTo(unsealed(added, "secret"));
        assertThat(unsealed(added, "previous_secret")).isEqualTo(shown(added));
        assertThat(Instant.parse(hook(rotated).path("previous_secret_until").stringValue()))
                .isBetween(
                        before.plus(Duration.ofHours(24)).minusSeconds(60),
                        before.plus(Duration.ofHours(24)).plusSeconds(60));
        assertThat(rotated.header("ETag")).isEqualTo("\"2\"");
        Reply again = callers.json("POST", added.header("Location") + "/secret", "");
        assertThat(unsealed(added, "previous_secret")).isEqualTo(shown(rotated));
        assertThat(unsealed(added, "secret")).isEqualTo(shown(again));
    }

    @Test
    void endpoints_are_listed_page_by_page_and_only_the_partners_own() {
        add(known(HEADWAITER.addKey("bookings", RESTAURANT.id())), PLAIN);
        List<Long> added = IntStream.range(0, 3)
                .mapToObj(number -> id(add(callers, PLAIN)))
                .toList();

        Reply first = callers.get(PATH + "?limit=2");
        Reply second = callers.get(PATH + "?limit=2&after=" + first.at("/data/next_after"));

        assertThat(Stream.of(first, second)
                        .flatMap(page -> page.at("/data/webhook_endpoints").valueStream())
                        .map(each -> each.path("id").longValue()))
                .isEqualTo(added);
        assertThat(first.at("/data/total").intValue()).isEqualTo(3);
        assertThat(second.at("/data/next_after").isMissingNode()).isTrue();
    }

    @Test
    void another_partner_does_not_reach_it_by_any_path() {
        Reply added = add(callers, PLAIN);
        Callers others = known(HEADWAITER.addKey("bookings,staff,platform", RESTAURANT.id()));
        String before = stored(callers, others);

        for (String id : List.of(Long.toString(id(added)), "0", "x", "99999999999999999999")) {
            String path = PATH + "/" + id;
            for (Reply reply : List.of(
                    others.get(path),
                    others.json("PATCH", path, "{\"enabled\":false}"),
                    others.json("POST", path + "/secret", ""),
                    others.json("POST", path + "/test", ""),
                    others.get(path + "/deliveries"),
                    others.delete(path))) {
                assertThat(reply.status()).as(reply.toString()).isEqualTo(404);
                assertThat(reply.code()).isEqualTo("webhook_endpoint_not_found");
            }
        }
        assertThat(stored(callers, others)).isEqualTo(before);
    }

    @Test
    void it_hears_of_every_booking_when_the_key_may_read_them() {
        Callers platform = known(keyOfTheSamePartner(callers, "bookings,platform"));

        assertThat(hook(add(callers, PLAIN)).path("every_booking").booleanValue())
                .isFalse();
        assertThat(hook(add(staff, PLAIN)).path("every_booking").booleanValue()).isTrue();
        assertThat(hook(add(platform, PLAIN)).path("every_booking").booleanValue())
                .isTrue();
    }

    @Test
    void a_key_that_may_not_read_every_booking_cannot_have_them_sent_to_itself() {
        Reply added = add(staff, PLAIN);
        String path = added.header("Location");
        String before = stored(callers);

        for (Reply reply : List.of(
                patch(callers, added, "{\"url\":\"https://elsewhere.example.com\"}"),
                callers.json("POST", path + "/secret", ""),
                callers.json("POST", path + "/test", ""),
                callers.get(path + "/deliveries"),
                callers.delete(path))) {
            assertThat(reply.status()).as(reply.toString()).isEqualTo(403);
            assertThat(reply.code()).isEqualTo("scope_missing");
        }
        assertThat(stored(callers)).isEqualTo(before);
        assertThat(callers.get(path).text()).isEqualTo(staff.get(path).text());
        assertThat(patch(staff, added, "{\"description\":\"Ours\"}").status()).isEqualTo(200);
    }

    @Test
    void an_endpoint_that_is_disabled_says_why_and_one_that_is_enabled_again_begins_without_failures() {
        Reply added = add(callers, "{\"url\":\"%s\",\"enabled\":false}".formatted(URL));
        assertThat(hook(added).path("enabled").booleanValue()).isFalse();
        assertThat(hook(added).path("disabled_reason").stringValue()).isEqualTo("by_partner");
        assertThat(Instant.parse(hook(added).path("disabled_at").stringValue()))
                .isEqualTo(hook(added).path("created_at").stringValue());

        setFailing(added, "failing");
        assertThat(hook(patch(callers, added, "{\"enabled\":false}"))
                        .path("disabled_reason")
                        .stringValue())
                .isEqualTo("failing");
        JsonNode enabled = hook(patch(callers, added, "{\"enabled\":true}"));

        assertThat(enabled.path("enabled").booleanValue()).isTrue();
        for (String gone : List.of("disabled_at", "disabled_reason", "failing_since")) {
            assertThat(enabled.has(gone)).as(gone).isFalse();
        }
        assertThat(hook(patch(callers, added, "{\"enabled\":false}"))
                        .path("disabled_reason")
                        .stringValue())
                .isEqualTo("by_partner");
    }

    @Test
    void another_url_begins_without_failures_and_another_description_does_not() {
        Reply added = add(callers, PLAIN);
        HEADWAITER
                .jdbc()
                .sql("update webhook_endpoints set failing_since = now() where id = :id")
                .param("id", id(added))
                .update();

        assertThat(hook(patch(callers, added, "{\"description\":\"Kitchen\"}")).has("failing_since"))
                .isTrue();
        assertThat(hook(patch(callers, added, "{\"url\":\"%s/2\"}".formatted(URL)))
                        .has("failing_since"))
                .isFalse();
    }

    @Test
    void of_two_changes_of_one_version_the_second_is_refused() {
        Reply added = add(callers, PLAIN);

        assertThat(patch(callers, added, "{\"description\":\"A\"}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(200);
        assertThat(patch(callers, added, "{\"description\":\"B\"}", "If-Match", "\"1\"")
                        .code())
                .isEqualTo("version_mismatch");
        assertThat(callers.delete(added.header("Location"), "If-Match", "\"1\"").code())
                .isEqualTo("version_mismatch");
        assertThat(callers.delete(added.header("Location"), "If-Match", "\"2\"").status())
                .isEqualTo(204);
    }

    @Test
    void a_restaurant_out_of_reach_and_one_that_is_not_there_look_the_same() {
        Known other = HEADWAITER.add(aRestaurant().withTables(4));
        Callers platform = known(keyOfTheSamePartner(callers, "bookings,platform"));
        Reply added = add(callers, PLAIN);
        String before = stored(callers);
        String asked = "{\"url\":\"%s\",\"restaurants\":[%d]}";

        List<Reply> refused = List.of(
                callers.post(PATH, asked.formatted(URL, other.id())),
                callers.post(PATH, asked.formatted(URL, 987654321)),
                patch(callers, added, asked.formatted(URL, other.id())),
                platform.post(PATH, asked.formatted(URL, 987654321)));

        assertThat(refused.stream().map(Reply::text).distinct()).hasSize(1);
        assertThat(refused.getFirst().status()).isEqualTo(404);
        assertThat(refused.getFirst().code()).isEqualTo("restaurant_not_found");
        assertThat(stored(callers)).isEqualTo(before);
        Reply both = add(platform, asked.formatted(URL, other.id()));
        // What was chosen by another key stays, though this one could not choose it.
        assertThat(patch(staff, both, "{\"restaurants\":[%d,%d]}".formatted(RESTAURANT.id(), other.id()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_partner_has_a_thousand_endpoints_at_the_most_however_many_are_added_at_once() throws Exception {
        HEADWAITER
                .jdbc()
                .sql(
                        """
                        insert into webhook_endpoints (partner_id, url, every_booking, secret, disabled_at, disabled_reason)
                        select :partner, :url, false, ''::bytea, now(), 'by_partner' from generate_series(1, 995)
                        """)
                .param("partner", partner(callers))
                .param("url", URL)
                .update();

        List<Future<Reply>> sent = new ArrayList<>();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                sent.add(senders.submit(() -> callers.post(PATH, PLAIN)));
            }
        }

        List<Reply> refused = new ArrayList<>();
        for (Future<Reply> each : sent) {
            if (each.get().status() != 201) {
                refused.add(each.get());
            }
        }
        assertThat(refused)
                .hasSize(15)
                .allMatch(reply -> reply.status() == 409 && reply.code().equals("webhook_endpoints_too_many"));
        assertThat(callers.get(PATH).at("/data/total").intValue()).isEqualTo(1000);
        add(known(HEADWAITER.addKey("bookings", RESTAURANT.id())), PLAIN);
    }
}
