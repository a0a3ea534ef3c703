package io.headwaiter.gateway;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.House;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import io.headwaiter.gateway.testing.RunningGateway;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** Partners and their keys, as the platform manages them. */
@ExtendWith(OutputCaptureExtension.class)
class PartnersTest {

    private static final Headwaiter HEADWAITER = Headwaiter.shared();
    private static final Callers PLATFORM = HEADWAITER.gateway().with(HEADWAITER.addKey("platform"));
    private static final Known RESTAURANT = HEADWAITER.add(aRestaurant().withTables(4));

    private final String partner =
            PLATFORM.post("/api/partners", "{\"name\":\"A partner\"}").header("Location");

    @BeforeAll
    static void the_platform_is_known() {
        await().until(() -> PLATFORM.get("/api/partners").status() == 200);
    }

    private static long count(String table) {
        return HEADWAITER
                .jdbc()
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }

    private Reply makeKey(String scopes) {
        Reply made = PLATFORM.post(
                partner + "/keys", "{\"scopes\":[%s],\"restaurants\":[%d]}".formatted(scopes, RESTAURANT.id()));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made;
    }

    private static Callers with(Reply made) {
        return HEADWAITER.gateway().with(made.at("/data/api_key/secret").stringValue());
    }

    private String pathOf(Reply made) {
        return partner + "/keys/" + made.at("/data/api_key/id").longValue();
    }

    private static int statusFor(Callers callers) {
        return callers.get(RESTAURANT.clients()).status();
    }

    private static Reply delete(String path) {
        return PLATFORM.send("DELETE", path, BodyPublishers.noBody());
    }

    @Test
    void a_partner_is_added_found_and_renamed() {
        Reply added = PLATFORM.post("/api/partners", "{\"name\":\"Tables & Co\"}");
        String location = added.header("Location");

        assertThat(added.status()).isEqualTo(201);
        assertThat(location)
                .isEqualTo("/api/partners/" + added.at("/data/partner/id").longValue());
        assertThat(added.at("/data/partner/name").stringValue()).isEqualTo("Tables & Co");
        assertThat(PLATFORM.get(location).text()).isEqualTo(added.text());
        Reply renamed = House.json(PLATFORM, "PATCH", location, "{\"name\":\"Tables Inc\"}");
        assertThat(renamed.at("/data/partner/name").stringValue()).isEqualTo("Tables Inc");
        assertThat(renamed.at("/data/partner/created_at")).isEqualTo(added.at("/data/partner/created_at"));
        assertThat(PLATFORM.get(location).text()).isEqualTo(renamed.text());
    }

    @Test
    void partners_are_listed_page_by_page() {
        List<Long> listed = new ArrayList<>();
        String after = "0";
        while (!after.isEmpty()) {
            Reply page = PLATFORM.get("/api/partners?limit=2&after=" + after);
            page.at("/data/partners").forEach(each -> listed.add(each.path("id").longValue()));
            JsonNode next = page.at("/data/next_after");
            after = next.isMissingNode() ? "" : next.toString();
        }

        assertThat(listed).isSorted().doesNotHaveDuplicates().hasSize((int) count("partners"));
        assertThat(PLATFORM.get("/api/partners").at("/data/total").longValue()).isEqualTo(count("partners"));
    }

    @Test
    void a_key_is_shown_once_and_opens_what_it_was_granted_at_once(CapturedOutput output) {
        Known other = HEADWAITER.add(aRestaurant().withTables(4));

        Reply made = makeKey("\"clients\"");

        String secret = made.at("/data/api_key/secret").stringValue();
        assertThat(secret).matches("hw_[A-Za-z0-9_-]{43}");
        assertThat(made.header("Cache-Control")).contains("no-store");
        assertThat(statusFor(with(made))).isEqualTo(200);
        assertThat(with(made).get(other.clients()).status()).isEqualTo(404);
        assertThat(with(made)
                        .get(RESTAURANT.availability("date=2027-01-01&guests=2"))
                        .code())
                .isEqualTo("scope_missing");
        Reply listed = PLATFORM.get(partner + "/keys");
        JsonNode key = listed.at("/data/api_keys/0");
        assertThat(key.propertyNames())
                .containsExactlyInAnyOrder("id", "partner_id", "scopes", "restaurants", "created_at");
        assertThat(key.path("scopes").toString()).isEqualTo("[\"clients\"]");
        assertThat(key.path("restaurants").toString()).isEqualTo("[" + RESTAURANT.id() + "]");
        assertThat(listed.at("/data/total").intValue()).isEqualTo(1);
        assertThat(HEADWAITER
                        .jdbc()
                        .sql("select string_agg(k::text, ' ') from api_keys k")
                        .query(String.class)
                        .single())
                .doesNotContain(secret);
        assertThat(output).doesNotContain(secret);
    }

    @Test
    void keys_are_listed_page_by_page() {
        for (int i = 0; i < 3; i++) {
            makeKey("");
        }

        Reply first = PLATFORM.get(partner + "/keys?limit=2");
        Reply second = PLATFORM.get(partner + "/keys?limit=2&after=" + first.at("/data/next_after"));

        assertThat(first.at("/data/api_keys").size()).isEqualTo(2);
        assertThat(second.at("/data/api_keys").size()).isEqualTo(1);
        assertThat(second.at("/data/next_after").isMissingNode()).isTrue();
    }

    @Test
    void a_key_without_scopes_reads_how_its_restaurant_is_set_up_and_no_more() {
        Callers callers = with(makeKey(""));

        assertThat(callers.get(RESTAURANT.path()).status()).isEqualTo(200);
        assertThat(callers.get(RESTAURANT.clients()).status()).isEqualTo(403);
    }

    @Test
    void a_key_that_is_revoked_opens_nothing_at_once() {
        Reply made = makeKey("\"clients\"");
        assertThat(statusFor(with(made))).isEqualTo(200);

        Reply revoked = delete(pathOf(made));

        assertThat(revoked.status()).isEqualTo(204);
        assertThat(statusFor(with(made))).isEqualTo(401);
        assertThat(delete(pathOf(made)).status()).isEqualTo(204);
    }

    @Test
    void another_gateway_knows_of_a_key_and_its_end_within_five_seconds() {
        try (RunningGateway other = HEADWAITER.startGateway("--headwaiter.gateway.directory-refresh=4s")) {
            Callers known = other.with(PLATFORM.key());
            await().until(() -> known.get("/api/partners").status() == 200);
            Reply made = makeKey("\"clients\"");
            Callers there = other.with(made.at("/data/api_key/secret").stringValue());

            await().atMost(Duration.ofSeconds(5)).until(() -> statusFor(there) == 200);
            delete(pathOf(made));
            await().atMost(Duration.ofSeconds(5)).until(() -> statusFor(there) == 401);
        }
    }

    @Test
    void a_key_that_is_rotated_overlaps_with_the_new_one() {
        Reply old = makeKey("\"clients\"");

        Reply rotated = PLATFORM.post(pathOf(old) + "/rotate", "{\"overlap_seconds\":1}");

        assertThat(rotated.status()).as(rotated.toString()).isEqualTo(201);
        assertThat(rotated.at("/data/api_key/id")).isNotEqualTo(old.at("/data/api_key/id"));
        for (String same : List.of("scopes", "restaurants", "partner_id", "expires_at")) {
            assertThat(rotated.at("/data/api_key/" + same)).isEqualTo(old.at("/data/api_key/" + same));
        }
        assertThat(statusFor(with(rotated))).isEqualTo(200);
        assertThat(statusFor(with(old))).isEqualTo(200);
        await().atMost(Duration.ofSeconds(10)).until(() -> statusFor(with(old)) == 401);
        assertThat(statusFor(with(rotated))).isEqualTo(200);
        assertThat(PLATFORM.post(pathOf(old) + "/rotate", "{}").code()).isEqualTo("api_key_expired");
    }

    @Test
    void an_overlap_is_of_a_day_unless_it_is_said_otherwise() {
        Reply old = makeKey("\"clients\"");
        Instant before = Instant.now();

        PLATFORM.post(pathOf(old) + "/rotate", "{}");

        assertThat(Instant.parse(PLATFORM.get(partner + "/keys")
                        .at("/data/api_keys/0/expires_at")
                        .stringValue()))
                .isBetween(before.plus(Duration.ofHours(23)), before.plus(Duration.ofHours(25)));
    }

    @Test
    void what_was_granted_until_a_day_is_not_granted_for_longer_by_a_rotation() {
        Instant tomorrow = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        Reply old = PLATFORM.post(
                partner + "/keys", "{\"scopes\":[\"platform\"],\"expires_at\":\"%s\"}".formatted(tomorrow));

        Reply rotated = PLATFORM.post(pathOf(old) + "/rotate", "{\"overlap_seconds\":2592000}");

        assertThat(old.at("/data/api_key/expires_at").stringValue()).isEqualTo(tomorrow.toString());
        assertThat(rotated.at("/data/api_key/expires_at").stringValue()).isEqualTo(tomorrow.toString());
        assertThat(PLATFORM.get(partner + "/keys")
                        .at("/data/api_keys/0/expires_at")
                        .stringValue())
                .isEqualTo(tomorrow.toString());
    }

    @Test
    void a_partner_or_key_that_is_not_there_or_elsewhere_is_not_found() {
        Reply made = makeKey("\"clients\"");
        long key = made.at("/data/api_key/id").longValue();
        String elsewhere =
                PLATFORM.post("/api/partners", "{\"name\":\"Another\"}").header("Location");

        for (String id : List.of("987654321", "0", "x", "99999999999999999999")) {
            String path = "/api/partners/" + id;
            for (Reply reply : List.of(
                    PLATFORM.get(path),
                    House.json(PLATFORM, "PATCH", path, "{\"name\":\"Mine\"}"),
                    PLATFORM.get(path + "/keys"),
                    PLATFORM.post(path + "/keys", "{\"scopes\":[]}"),
                    PLATFORM.post(path + "/keys/" + key + "/rotate", "{}"),
                    delete(path + "/keys/" + key))) {
                assertThat(reply.status()).as(reply.toString()).isEqualTo(404);
                assertThat(reply.code()).isEqualTo("partner_not_found");
            }
            for (Reply reply : List.of(
                    PLATFORM.post(partner + "/keys/" + id + "/rotate", "{}"), delete(partner + "/keys/" + id))) {
                assertThat(reply.status()).isEqualTo(404);
                assertThat(reply.code()).isEqualTo("api_key_not_found");
            }
        }
        assertThat(PLATFORM.post(elsewhere + "/keys/" + key + "/rotate", "{}").code())
                .isEqualTo("api_key_not_found");
        assertThat(delete(elsewhere + "/keys/" + key).code()).isEqualTo("api_key_not_found");
        assertThat(statusFor(with(made))).isEqualTo(200);
    }

    @Test
    void only_the_platform_sees_any_of_it() {
        Callers all = HEADWAITER.gateway().with(HEADWAITER.addKey("bookings,clients,staff,setup", RESTAURANT.id()));
        await().until(() -> statusFor(all) == 200);
        Reply made = makeKey("\"clients\"");
        long before = count("api_keys");

        for (Reply reply : List.of(
                all.get("/api/partners"),
                all.post("/api/partners", "{\"name\":\"Mine\"}"),
                all.get(partner),
                House.json(all, "PATCH", partner, "{\"name\":\"Mine\"}"),
                all.get(partner + "/keys"),
                all.post(partner + "/keys", "{\"scopes\":[\"platform\"]}"),
                all.post(pathOf(made) + "/rotate", "{}"),
                all.send("DELETE", pathOf(made), BodyPublishers.noBody()))) {
            assertThat(reply.status()).as(reply.toString()).isEqualTo(403);
            assertThat(reply.code()).isEqualTo("scope_missing");
        }
        assertThat(HEADWAITER.gateway().nobody().get("/api/partners").status()).isEqualTo(401);
        assertThat(count("api_keys")).isEqualTo(before);
        assertThat(PLATFORM.get(partner).at("/data/partner/name").stringValue()).isEqualTo("A partner");
        assertThat(statusFor(with(made))).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{} | 422 | partner_name_length",
                "{\"name\":\"\"} | 422 | partner_name_length",
                "{\"name\":\"A\\u0000\"} | 422 | partner_name_length",
                "{\"name\":null} | 400 | wrong_type",
                "{\"name\":7} | 400 | wrong_type",
                "{\"name\":\"A\",\"id\":7} | 400 | unknown_member",
                "[] | 400 | wrong_type",
                "x | 400 | malformed_json"
            })
    void a_partner_outside_the_contract_is_refused_and_not_written(String body, int status, String code) {
        Reply before = PLATFORM.get(partner);
        long count = count("partners");

        for (Reply reply :
                List.of(PLATFORM.post("/api/partners", body), House.json(PLATFORM, "PATCH", partner, body))) {
            assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
            assertThat(reply.code()).isEqualTo(code);
        }
        assertThat(count("partners")).isEqualTo(count);
        assertThat(PLATFORM.get(partner).text()).isEqualTo(before.text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{} | 422 | scopes_known | scopes",
                "{\"scopes\":[\"bookings\",\"admin\"]} | 422 | scopes_known | scopes",
                "{\"scopes\":[\"BOOKINGS\"]} | 422 | scopes_known | scopes",
                "{\"scopes\":[],\"restaurants\":[987654321]} | 422 | restaurant_unknown | restaurants[0]",
                "{\"scopes\":[],\"restaurants\":[0]} | 422 | restaurant_unknown | restaurants[0]",
                "{\"scopes\":[],\"restaurants\":[99999999999999999999]} | 422 | restaurant_unknown | restaurants[0]",
                "{\"scopes\":[],\"expires_at\":\"2020-01-01T00:00:00Z\"} | 422 | expires_at_range | expires_at",
                "{\"scopes\":[],\"expires_at\":\"2200-01-01T00:00:00Z\"} | 422 | expires_at_range | expires_at",
                "{\"scopes\":[],\"expires_at\":\"tomorrow\"} | 400 | date_invalid |",
                "{\"scopes\":[],\"expires_at\":1798826400} | 400 | wrong_type |",
                "{\"scopes\":\"bookings\"} | 400 | wrong_type |",
                "{\"scopes\":[7]} | 400 | wrong_type |",
                "{\"scopes\":[],\"restaurants\":[\"1\"]} | 400 | wrong_type |",
                "{\"scopes\":[],\"restaurants\":1} | 400 | wrong_type |",
                "{\"scopes\":[],\"secret\":\"mine\"} | 400 | unknown_member |"
            })
    void a_key_outside_the_contract_is_refused_and_not_made(String body, int status, String code, String member) {
        long count = count("api_keys");

        Reply reply = PLATFORM.post(partner + "/keys", body);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        if (member != null) {
            assertThat(reply.at("/errors/0/member").stringValue()).isEqualTo(member);
        }
        assertThat(count("api_keys")).isEqualTo(count);
    }

    @Test
    void a_key_for_a_thousand_and_one_restaurants_is_refused() {
        Reply reply = PLATFORM.post(
                partner + "/keys",
                "{\"scopes\":[],\"restaurants\":[%s]}"
                        .formatted(String.join(
                                ",",
                                IntStream.rangeClosed(1, 1001)
                                        .mapToObj(Integer::toString)
                                        .toList())));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/errors/0/member").stringValue()).isEqualTo("restaurants");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"overlap_seconds\":-1} | 422 | overlap_range",
                "{\"overlap_seconds\":2592001} | 422 | overlap_range",
                "{\"overlap_seconds\":\"60\"} | 400 | wrong_type",
                "{\"overlap_seconds\":null} | 400 | wrong_type",
                "{\"overlap\":60} | 400 | unknown_member"
            })
    void a_rotation_outside_the_contract_is_refused_and_changes_nothing(String body, int status, String code) {
        Reply made = makeKey("\"clients\"");
        long count = count("api_keys");

        Reply reply = PLATFORM.post(pathOf(made) + "/rotate", body);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(count("api_keys")).isEqualTo(count);
        assertThat(PLATFORM.get(partner + "/keys")
                        .at("/data/api_keys/0/expires_at")
                        .isMissingNode())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=x", "?after=x", "?name=x"})
    void a_list_that_is_not_understood_is_400(String query) {
        assertThat(PLATFORM.get("/api/partners" + query).status()).isEqualTo(400);
        assertThat(PLATFORM.get(partner + "/keys" + query).status()).isEqualTo(400);
    }
}
