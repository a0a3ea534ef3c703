package io.headwaiter.gateway;

import static io.headwaiter.gateway.testing.Dates.JANUARY;
import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Going through what is booked, and changing it. */
class ReservationsTest {

    private final Headwaiter headwaiter = Headwaiter.shared();
    private final Known restaurant = headwaiter.add(aRestaurant().withTables(2, 4));
    private final Callers partner = headwaiter.of(restaurant);

    // ── Changes ──────────────────────────────────────────────────────────────────────────────────────

    @Test
    void a_reservation_is_moved_and_shows_its_new_version() {
        Reply booked = book(JANUARY + "-01T18:00Z", 2);
        assertThat(booked.header("ETag")).isEqualTo("\"1\"");

        Reply moved = partner.json(
                "PATCH", booked.header("Location"), "{\"date\":\"" + JANUARY + "-01T20:00:00+01:00\",\"guests\":3}");

        assertThat(moved.status()).as(moved.toString()).isEqualTo(200);
        assertThat(moved.header("ETag")).isEqualTo("\"2\"");
        assertThat(moved.at("/data/reservation/date").stringValue()).isEqualTo(JANUARY + "-01T19:00:00Z");
        assertThat(moved.at("/data/reservation/guests").intValue()).isEqualTo(3);
        assertThat(moved.at("/data/table/id").longValue()).isEqualTo(restaurant.table(1));
        Reply shown = partner.get(booked.header("Location"));
        assertThat(shown.at("/data/reservation")).isEqualTo(moved.at("/data/reservation"));
        assertThat(shown.header("ETag")).isEqualTo("\"2\"");
        assertThat(partner.get(booked.header("Location"), "If-None-Match", "\"2\"")
                        .status())
                .isEqualTo(304);
    }

    @Test
    void a_table_can_be_named_or_left_to_the_house() {
        Reply booked = book(JANUARY + "-01T18:00Z", 2);

        Reply named =
                partner.json("PATCH", booked.header("Location"), "{\"table_id\":%d}".formatted(restaurant.table(1)));
        assertThat(named.at("/data/table/id").longValue()).isEqualTo(restaurant.table(1));
        Reply any = partner.json(
                "PATCH",
                booked.header("Location"),
                "{\"table_id\":null}",
                "Content-Type",
                "application/merge-patch+json");
        assertThat(any.at("/data/table/id").longValue()).as(any.toString()).isEqualTo(restaurant.table(0));
    }

    @Test
    void a_move_that_is_refused_says_what_is_in_the_way_and_changes_nothing() {
        Reply booked = book(JANUARY + "-01T18:00Z", 2);
        book(JANUARY + "-01T18:00Z", 4);

        Reply refused =
                partner.json("PATCH", booked.header("Location"), "{\"table_id\":%d}".formatted(restaurant.table(1)));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("table_taken");
        assertThat(refused.at("/in_the_way/table_id").longValue()).isEqualTo(restaurant.table(1));
        assertThat(partner.get(booked.header("Location"))
                        .at("/data/reservation/version")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void a_cancelled_reservation_frees_its_table_and_stays_in_the_list() {
        Reply booked = book(JANUARY + "-01T18:00Z", 4);
        assertThat(post(JANUARY + "-01T18:00Z", 4).code()).isEqualTo("no_table_available");

        Reply cancelled = partner.delete(booked.header("Location") + "?reason=They%20are%20ill");

        assertThat(cancelled.status()).as(cancelled.toString()).isEqualTo(200);
        assertThat(cancelled.at("/data/reservation/status").stringValue()).isEqualTo("cancelled");
        assertThat(cancelled.at("/data/reservation/confirmed").booleanValue()).isFalse();
        Reply shown = partner.get(booked.header("Location"));
        assertThat(shown.at("/data/reservation/cancel_reason").stringValue()).isEqualTo("They are ill");
        assertThat(post(JANUARY + "-01T18:00Z", 4).status()).isEqualTo(201);
        assertThat(partner.delete(booked.header("Location")).code()).isEqualTo("status_conflict");
        assertThat(partner.get(restaurant.reservations() + "?status=cancelled")
                        .at("/data/total")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void every_change_may_be_asked_under_a_key_and_for_a_version() {
        Reply booked = book(JANUARY + "-01T18:00Z", 2);
        String place = booked.header("Location");
        String later = "{\"date\":\"" + JANUARY + "-01T19:00Z\"}";

        Reply stale = partner.json("PATCH", place, later, "If-Match", "\"7\"");
        assertThat(stale.status()).as(stale.toString()).isEqualTo(412);
        assertThat(stale.code()).isEqualTo("version_mismatch");
        assertThat(partner.delete(place, "If-Match", "W/\"1\"").status()).isEqualTo(412);
        assertThat(partner.delete(place, "If-Match", "one").code()).isEqualTo("if_match_invalid");

        Reply moved = partner.json("PATCH", place, later, "If-Match", "\"7\", \"1\"", "Idempotency-Key", "k1");
        assertThat(moved.at("/data/reservation/version").intValue())
                .as(moved.toString())
                .isEqualTo(2);
        Reply again = partner.json("PATCH", place, later, "If-Match", "\"7\", \"1\"", "Idempotency-Key", "k1");
        assertThat(again.json()).isEqualTo(moved.json());
        Reply other = partner.json("PATCH", place, "{\"guests\":1}", "Idempotency-Key", "k1");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
        assertThat(partner.delete(place, "If-Match", "*", "Idempotency-Key", "k2")
                        .status())
                .isEqualTo(200);
        assertThat(partner.delete(place, "If-Match", "*", "Idempotency-Key", "k2")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_change_may_be_answered_later() {
        Reply booked = book(JANUARY + "-01T18:00Z", 2);

        Reply accepted = partner.json("PATCH", booked.header("Location"), "{\"guests\":1}", "Prefer", "respond-async");

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.header("Preference-Applied")).isEqualTo("respond-async");
        JsonNode outcome = outcome(partner, accepted.header("Location"));
        assertThat(outcome.at("/booking_request/status").stringValue()).isEqualTo("confirmed");
        assertThat(outcome.at("/reservation/guests").intValue()).isEqualTo(1);
        assertThat(outcome.at("/reservation/version").intValue()).isEqualTo(2);
    }

    @Test
    void a_request_in_flight_can_be_withdrawn_and_is_decided_before_its_withdrawal() {
        List<Reply> accepted = new ArrayList<>();
        headwaiter.withoutDecisions(() -> {
            accepted.add(post(JANUARY + "-01T18:00Z", 4, "Prefer", "respond-async"));
            accepted.add(partner.delete(accepted.getFirst().header("Location"), "Prefer", "respond-async"));
            accepted.add(post(JANUARY + "-01T18:00Z", 4, "Prefer", "respond-async"));
        });

        assertThat(accepted).extracting(Reply::status).containsOnly(202);
        JsonNode placed = outcome(partner, accepted.get(0).header("Location"));
        JsonNode withdrawn = outcome(partner, accepted.get(1).header("Location"));
        JsonNode next = outcome(partner, accepted.get(2).header("Location"));
        assertThat(placed.at("/booking_request/status").stringValue()).isEqualTo("confirmed");
        assertThat(withdrawn.at("/reservation/status").stringValue()).isEqualTo("cancelled");
        assertThat(withdrawn.at("/reservation/id")).isEqualTo(placed.at("/reservation/id"));
        assertThat(next.at("/table/id")).isEqualTo(placed.at("/table/id"));
    }

    @Test
    void what_made_no_reservation_cannot_be_withdrawn() {
        Reply refused = post(JANUARY + "-01T18:00Z", 5);
        String place = "/api/restaurants/%d/booking-requests/%s"
                .formatted(restaurant.id(), refused.at("/request_id").stringValue());

        assertThat(partner.delete(place).code()).isEqualTo("nothing_to_withdraw");
        assertThat(partner.delete(place + "x").code()).isEqualTo("booking_request_not_found");
    }

    // ── Whose they are ───────────────────────────────────────────────────────────────────────────────

    @Test
    void a_partner_sees_and_changes_its_own_and_the_house_all_of_them() {
        Reply booked = book(JANUARY + "-01T18:00Z", 2);
        String place = booked.header("Location");
        Callers other = key("bookings,clients");
        Callers staff = key("staff");

        assertThat(other.get(place).code()).isEqualTo("reservation_not_found");
        assertThat(other.get(restaurant.reservations()).at("/data/total").intValue())
                .isZero();
        Reply refused = other.delete(place);
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.code()).isEqualTo("reservation_not_found");
        assertThat(other.json("PATCH", place, "{\"guests\":1}").status()).isEqualTo(404);
        assertThat(partner.delete(restaurant.reservations() + "/999999999").status())
                .isEqualTo(404);

        assertThat(staff.get(restaurant.reservations()).at("/data/total").intValue())
                .isEqualTo(1);
        assertThat(staff.json("PATCH", place, "{\"guests\":1}").status()).isEqualTo(200);
    }

    @Test
    void after_the_deadline_only_the_house_cancels() {
        // Sooner than the longest deadline there is, of a year.
        Reply booked = book(LocalDate.now(ZoneOffset.UTC).plusDays(2) + "T18:00Z", 2);
        headwaiter
                .jdbc()
                .sql("update restaurants set cancellation_deadline_minutes = 525600 where id = ?")
                .param(restaurant.id())
                .update();

        Reply late = partner.delete(booked.header("Location"));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.code()).isEqualTo("deadline_passed");
        assertThat(key("bookings,staff").delete(booked.header("Location")).status())
                .isEqualTo(200);
    }

    // ── What the house's own people may do ──────────────────────────────────────────────────────────

    @Test
    void the_house_books_past_its_own_rules_and_not_past_what_is_taken() {
        Callers staff = key("staff");
        String odd = "{\"date\":\"%s\",\"guests\":3,\"table_id\":%d,\"override\":true}"
                .formatted(Instant.now(), restaurant.table(0));

        assertThat(partner.post(restaurant.reservations(), odd).code()).isEqualTo("scope_missing");
        Reply walkIn = staff.post(restaurant.reservations(), odd);
        assertThat(walkIn.status()).as(walkIn.toString()).isEqualTo(201);
        assertThat(staff.post(restaurant.reservations(), odd).code()).isEqualTo("table_taken");

        assertThat(status(staff, walkIn, "seated")
                        .at("/data/reservation/status")
                        .stringValue())
                .isEqualTo("seated");
        assertThat(status(staff, walkIn, "no_show").code()).isEqualTo("status_conflict");
        assertThat(status(staff, walkIn, "completed").status()).isEqualTo(200);
        assertThat(status(staff, walkIn, "seated").status()).isEqualTo(200);
        assertThat(status(partner, walkIn, "completed").code()).isEqualTo("scope_missing");
        assertThat(status(staff, walkIn, "asleep").code()).isEqualTo("status_invalid");
        assertThat(status(staff, walkIn, "cancelled").code()).isEqualTo("status_invalid");
    }

    @Test
    void a_blocked_table_cannot_be_booked_until_it_is_given_back() {
        Callers staff = key("staff");
        String blocks = "/api/restaurants/%d/blocks".formatted(restaurant.id());
        String body = ("{\"table_id\":%d,\"from\":\"" + JANUARY + "-01T00:00Z\",\"to\":\"" + JANUARY
                        + "-08T00:00Z\",\"note\":\"Painters\"}")
                .formatted(restaurant.table(1));

        Reply blocked = staff.post(blocks, body);

        assertThat(blocked.status()).as(blocked.toString()).isEqualTo(201);
        assertThat(blocked.at("/data/block/table_id").longValue()).isEqualTo(restaurant.table(1));
        assertThat(post(JANUARY + "-03T18:00Z", 4).code()).isEqualTo("no_table_available");
        assertThat(available(JANUARY + "-03", 4)).isZero();
        assertThat(staff.post(blocks, body).code()).isEqualTo("table_taken");
        assertThat(staff.get(blocks).at("/data/blocks/0/note").stringValue()).isEqualTo("Painters");
        assertThat(staff.get(blocks + "?table_id=" + restaurant.table(0))
                        .at("/data/total")
                        .intValue())
                .isZero();
        assertThat(staff.get(blocked.header("Location")).at("/data/block/id")).isEqualTo(blocked.at("/data/block/id"));
        assertThat(partner.post(blocks, body).code()).isEqualTo("scope_missing");
        assertThat(partner.get(blocks).code()).isEqualTo("scope_missing");

        assertThat(staff.delete(blocked.header("Location")).status()).isEqualTo(200);
        assertThat(staff.delete(blocked.header("Location")).code()).isEqualTo("block_not_found");
        assertThat(staff.get(blocked.header("Location")).status()).isEqualTo(404);
        assertThat(post(JANUARY + "-03T18:00Z", 4).status()).isEqualTo(201);
    }

    // ── Lists ────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void reservations_are_listed_by_what_is_asked_for_page_by_page() {
        Reply first = book(JANUARY + "-01T18:00Z", 2);
        Reply second = book(JANUARY + "-01T18:00Z", 4);
        Reply third = book(JANUARY + "-02T18:00Z", 1);
        Reply fourth = partner.post(
                restaurant.reservations(),
                "{\"date\":\"" + JANUARY
                        + "-03T18:00Z\",\"guests\":2,\"client\":{\"name\":\"Ann Lee\",\"email\":\"ann@example.com\"}}");
        partner.delete(third.header("Location"));

        assertThat(listed("")).containsExactly(id(first), id(second), id(third), id(fourth));
        assertThat(listed("?date=" + JANUARY + "-01")).containsExactly(id(first), id(second));
        assertThat(listed("?from=" + JANUARY + "-02&to=" + JANUARY + "-03")).containsExactly(id(third), id(fourth));
        assertThat(listed("?to=" + JANUARY + "-02&status=confirmed,seated")).containsExactly(id(first), id(second));
        assertThat(listed("?status=cancelled")).containsExactly(id(third));
        assertThat(listed("?table_id=" + restaurant.table(1))).containsExactly(id(second));
        assertThat(listed("?client_id=" + fourth.at("/data/client/id").longValue()))
                .containsExactly(id(fourth));
        assertThat(listed("?request_id=" + second.at("/data/request_id").stringValue()))
                .containsExactly(id(second));
        assertThat(listed("?request_id=nonsense")).isEmpty();

        Reply page = partner.get(restaurant.reservations() + "?limit=3");
        assertThat(page.at("/data/total").intValue()).isEqualTo(4);
        assertThat(page.at("/data/reservations").size()).isEqualTo(3);
        Reply rest = partner.get(restaurant.reservations() + "?limit=3&after="
                + page.at("/data/next_after").stringValue());
        assertThat(rest.at("/data/reservations/0/id").longValue()).isEqualTo(id(fourth));
        assertThat(rest.json().path("data").has("next_after")).isFalse();
    }

    @Test
    void a_day_is_the_restaurants_own() {
        Known far = headwaiter.add(aRestaurant().withTables(2).in("Pacific/Auckland"));
        Callers callers = headwaiter.of(far);
        callers.post(far.reservations(), "{\"date\":\"" + JANUARY + "-01T12:00Z\",\"guests\":2}");

        assertThat(callers.get(far.reservations() + "?date=" + JANUARY + "-02")
                        .at("/data/total")
                        .intValue())
                .isEqualTo(1);
        assertThat(callers.get(far.reservations() + "?date=" + JANUARY + "-01")
                        .at("/data/total")
                        .intValue())
                .isZero();
    }

    // ── Bad input ────────────────────────────────────────────────────────────────────────────────────

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        {}                                          | 422 | nothing_to_change
        {"guests":0}                                | 422 | guests_out_of_range
        {"guests":21}                               | 422 | guests_out_of_range
        {"guests":null}                             | 400 | wrong_type
        {"guests":"4"}                              | 400 | wrong_type
        {"date":null}                               | 400 | wrong_type
        {"date":"2027-01-01"}                       | 400 | date_invalid
        {"date":"1999-01-01T00:00Z"}                | 422 | date_out_of_range
        {"table_id":0}                              | 422 | table_id_invalid
        {"table_id":1.5}                            | 400 | wrong_type
        {"override":"yes"}                          | 400 | wrong_type
        {"notes":"x"}                               | 400 | unknown_member
        []                                          | 400 | wrong_type
        nonsense                                    | 400 | malformed_json
        """)
    void a_bad_change_is_refused_and_nothing_is_asked(String body, int status, String code) {
        long before = headwaiter.requestsPublished();

        Reply reply = partner.json("PATCH", restaurant.reservations() + "/1", body);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(headwaiter.requestsPublished()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        {"table_id":1,"from":"2027-01-01T00:00Z"}                              | 422 | to_missing
        {"table_id":1,"to":"2027-01-01T00:00Z"}                                | 422 | from_missing
        {"table_id":1,"from":"2027-01-01T00:00Z","to":"2027-01-01T00:00Z"}     | 422 | block_out_of_range
        {"table_id":1,"from":"2027-01-01T00:00Z","to":"2027-02-01T00:01Z"}     | 422 | block_out_of_range
        {"table_id":1,"from":"2199-12-31T00:00Z","to":"2200-01-01T00:00Z"}     | 422 | date_out_of_range
        {"table_id":1,"from":"x","to":"2027-01-01T00:00Z"}                     | 400 | date_invalid
        {"table_id":0,"from":"2027-01-01T00:00Z","to":"2027-01-01T01:00Z"}     | 422 | table_id_invalid
        {"from":"2027-01-01T00:00Z","to":"2027-01-01T01:00Z"}                  | 400 | wrong_type
        {"table_id":1,"from":"2027-01-01T00:00Z","to":"2027-01-01T01:00Z","note":""} | 422 | note_invalid
        """)
    void a_bad_block_is_refused(String body, int status, String code) {
        Reply reply = key("staff").post("/api/restaurants/%d/blocks".formatted(restaurant.id()), body);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "date=2027-01-32, date_invalid",
        "date=2027-01-01&from=2027-01-01, date_invalid",
        "from=x, from_invalid",
        "status=asleep, status_invalid",
        "client_id=x, client_id_invalid",
        "after=7, after_invalid",
        "after=999999999999999999_1, after_invalid",
        "limit=0, limit_invalid",
        "limit=201, limit_invalid",
        "colour=red, unknown_parameter"
    })
    void a_bad_search_is_refused(String query, String code) {
        Reply reply = partner.get(restaurant.reservations() + "?" + query);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(code);
    }

    private Reply book(String date, int guests) {
        Reply booked = post(date, guests);
        assertThat(booked.status()).as(booked.toString()).isEqualTo(201);
        return booked;
    }

    private Reply post(String date, int guests, String... headers) {
        return partner.post(
                restaurant.reservations(), "{\"date\":\"%s\",\"guests\":%d}".formatted(date, guests), headers);
    }

    private static Reply status(Callers callers, Reply booked, String status) {
        return callers.json("PUT", booked.header("Location") + "/status", "{\"status\":\"%s\"}".formatted(status));
    }

    /** Of another partner, once the gateway knows it. */
    private Callers key(String scopes) {
        Callers callers = headwaiter.gateway().with(headwaiter.addKey(scopes, restaurant.id()));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> callers.get(restaurant.reservations()).status() == 200);
        return callers;
    }

    private int available(String date, int guests) {
        return partner.get(
                        "/api/restaurants/%d/availability?date=%s&guests=%d".formatted(restaurant.id(), date, guests))
                .at("/data/tablesAvailable")
                .intValue();
    }

    private static JsonNode outcome(Callers callers, String place) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> callers.get(place).at("/data"), data -> !data.at("/booking_request/status")
                        .stringValue()
                        .equals("pending"));
    }

    private List<Long> listed(String query) {
        Reply reply = partner.get(restaurant.reservations() + query);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        List<Long> ids = new ArrayList<>();
        reply.at("/data/reservations").forEach(one -> ids.add(one.path("id").longValue()));
        return ids;
    }

    private static long id(Reply booked) {
        return booked.at("/data/reservation/id").longValue();
    }
}
