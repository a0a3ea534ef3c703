package io.headwaiter.gateway;

import static io.headwaiter.gateway.testing.Dates.JANUARY;
import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.House;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What was moved to the past is seen as if it had not been; for callers nothing changes but that it stands still. */
class RetiredTest {

    private static final Headwaiter HEADWAITER = Headwaiter.shared();
    private static final Known RESTAURANT = HEADWAITER.add(aRestaurant().withTables(4, 4));
    private static final House HOUSE = House.of(HEADWAITER, RESTAURANT);
    private static final Callers STAFF = HOUSE.callers();

    private static String token = "";
    private static JsonNode outcome;
    private static JsonNode visit;
    private static long old;
    private static long coming;
    private static long ann;

    @BeforeAll
    static void a_visit_is_long_over_and_moved() {
        Reply booked = STAFF.post(
                RESTAURANT.reservations(),
                "{\"date\":\"" + JANUARY + "-01T18:00Z\",\"guests\":4,\"notes\":\"By the window\","
                        + "\"client\":{\"name\":\"Ann Lee\",\"email\":\"ann@example.com\"}}",
                "Prefer",
                "respond-async");
        token = booked.header("Location");
        await().until(() -> STAFF.get(token)
                .at("/data/booking_request/status")
                .stringValue("")
                .equals("confirmed"));
        old = STAFF.get(token).at("/data/reservation/id").longValue();
        ann = STAFF.get(token).at("/data/reservation/client_id").longValue();
        coming = STAFF.post(
                        RESTAURANT.reservations(),
                        ("{\"date\":\"" + JANUARY + "-02T18:00Z\",\"guests\":4,\"client_id\":%d}").formatted(ann))
                .at("/data/reservation/id")
                .longValue();
        age();
        outcome = STAFF.get(token).json();
        visit = STAFF.get(RESTAURANT.reservations() + "/" + old).json();
        Reply all = STAFF.get(RESTAURANT.reservations());

        assertThat(HEADWAITER.retire()).isZero();

        assertThat(HEADWAITER.rows("reservations", RESTAURANT)).isEqualTo(1);
        assertThat(HEADWAITER.rows("past_reservations", RESTAURANT)).isEqualTo(1);
        assertThat(HEADWAITER.rows("past_booking_requests", RESTAURANT)).isEqualTo(1);
        assertThat(STAFF.get(RESTAURANT.reservations()).text()).isEqualTo(all.text());
    }

    private static void age() {
        for (String sql : List.of(
                "update reservations set starts_at = '2024-01-10 18:00Z', ends_at = '2024-01-10 20:00Z' where id = ?",
                "update table_occupancy set starts_at = '2024-01-10 18:00Z', ends_at = '2024-01-10 20:15Z' where reservation_id = ?",
                "update booking_requests set decided_at = '2024-01-01 18:00Z' where reservation_id = ?")) {
            assertThat(HEADWAITER.jdbc().sql(sql).param(old).update()).isEqualTo(1);
        }
    }

    @Test
    void the_outcome_is_told_and_the_reservation_shown_as_before() {
        assertThat(STAFF.get(token).json()).isEqualTo(outcome);
        assertThat(STAFF.get(RESTAURANT.reservations() + "/" + old).json()).isEqualTo(visit);
    }

    @Test
    void lists_go_from_the_past_into_the_present_page_by_page() {
        assertThat(ids("?from=2024-01-01&to=" + JANUARY + "-31")).containsExactly(old, coming);
        assertThat(ids("?date=2024-01-10")).containsExactly(old);
        assertThat(ids("?client_id=" + ann)).containsExactly(old, coming);
        Reply first = STAFF.get(RESTAURANT.reservations() + "?limit=1");
        assertThat(first.at("/data/total").longValue()).isEqualTo(2);
        assertThat(ids("?limit=1")).containsExactly(old);
        assertThat(ids("?limit=1&after=" + first.at("/data/next_after").stringValue()))
                .containsExactly(coming);
        assertThat(ids("?request_id=" + token.substring(token.lastIndexOf('/') + 1)))
                .containsExactly(old);
    }

    private static List<Long> ids(String query) {
        return STAFF.get(RESTAURANT.reservations() + query)
                .at("/data/reservations")
                .valueStream()
                .map(reservation -> reservation.path("id").longValue())
                .toList();
    }

    @Test
    void what_is_past_is_changed_no_more() {
        Reply cancelled = STAFF.delete(RESTAURANT.reservations() + "/" + old);

        assertThat(cancelled.code()).as(cancelled.toString()).isEqualTo("reservation_not_found");
    }

    @Test
    void a_guest_gets_all_there_is_about_them() {
        Reply export = STAFF.get(RESTAURANT.clients() + "/" + ann + "/export");

        assertThat(export.at("/data/total").longValue()).isEqualTo(2);
        assertThat(export.at("/data/reservations/0/id").longValue()).isEqualTo(old);
        assertThat(export.at("/data/reservations/0/notes").stringValue()).isEqualTo("By the window");
        assertThat(export.at("/data/booking_requests").valueStream().map(each -> each.path("reservation_id")
                        .longValue()))
                .containsExactlyInAnyOrder(old, coming);
    }

    @Test
    void a_webhook_is_told_of_it_when_it_wants_to_hear_everything_again() {
        assertThat(replayed()).containsExactlyInAnyOrder("booking.confirmed", "booking.confirmed");
    }

    /** Under its old {@code Idempotency-Key}, say. Its event has the old one's id, and an event is delivered once. */
    @Test
    void of_a_request_that_came_again_after_its_decision_was_moved_a_webhook_is_told_once() {
        HEADWAITER
                .jdbc()
                .sql(
                        """
                        insert into past_booking_requests
                        select (jsonb_populate_record(past, jsonb_build_object('decided_at', decided_at + interval '1 hour'))).*
                        from past_booking_requests past where reservation_id = :old
                        """)
                .param("old", old)
                .update();
        try {
            assertThat(replayed()).containsExactlyInAnyOrder("booking.confirmed", "booking.confirmed");
        } finally {
            HEADWAITER
                    .jdbc()
                    .sql(
                            "delete from past_booking_requests where reservation_id = :old and decided_at > '2024-01-01 18:30Z'")
                    .param("old", old)
                    .update();
        }
    }

    /** The types of all that is to be told, to an endpoint that wants to hear of everything. */
    private static List<String> replayed() {
        Reply added = STAFF.post(
                "/api/webhook-endpoints",
                "{\"url\":\"https://hooks.example.com\",\"restaurants\":[%d]}".formatted(RESTAURANT.id()));
        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        String endpoint = added.header("Location");

        assertThat(STAFF.post(endpoint + "/replay", "{\"since\":\"2023-01-01T00:00:00Z\"}")
                        .status())
                .isEqualTo(202);
        await().atMost(Duration.ofSeconds(20)).until(() -> STAFF.get(endpoint)
                .at("/data/webhook_endpoint/replaying_since")
                .isMissingNode());

        return STAFF.get(endpoint + "/deliveries")
                .at("/data/deliveries")
                .valueStream()
                .map(each -> each.path("event_type").stringValue())
                .filter("booking.confirmed"::equals)
                .toList();
    }
}
