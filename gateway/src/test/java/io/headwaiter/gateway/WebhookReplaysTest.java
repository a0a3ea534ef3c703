package io.headwaiter.gateway;

import static io.headwaiter.gateway.testing.Dates.JANUARY;
import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Link;
import io.headwaiter.gateway.testing.Reply;
import io.headwaiter.gateway.testing.RunningGateway;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** All that happened since a moment, told again to an endpoint. Nothing of it arrives: nobody has the endpoints' name. */
class WebhookReplaysTest {

    private static final Headwaiter HEADWAITER = Headwaiter.shared();
    private static final Known FIRST = HEADWAITER.add(aRestaurant().withTables(4, 4));
    private static final Known SECOND = HEADWAITER.add(aRestaurant().withTables(4, 4));
    private static final Callers CALLERS =
            HEADWAITER.gateway().with(HEADWAITER.addKey("bookings", FIRST.id(), SECOND.id()));
    private static final Callers HOUSE =
            HEADWAITER.gateway().with(HEADWAITER.addKey("bookings,staff", FIRST.id(), SECOND.id()));
    private static final String PATH = "/api/webhook-endpoints";
    private static final String BEFORE_ALL = "2020-01-01T00:00:00Z";

    @BeforeAll
    static void there_are_bookings() {
        await().until(() -> CALLERS.get(PATH).status() == 200 && HOUSE.get(PATH).status() == 200);
        book(CALLERS, FIRST, 1);
        book(CALLERS, SECOND, 2);
        book(HOUSE, FIRST, 3);
        assertThat(HOUSE.post(
                                FIRST.path() + "/blocks",
                                ("{\"table_id\":%d,\"from\":\"" + JANUARY + "-04T12:00Z\",\"to\":\"" + JANUARY
                                                + "-04T13:00Z\"}")
                                        .formatted(FIRST.table(0)))
                        .status())
                .isEqualTo(201);
    }

    private static void book(Callers callers, Known restaurant, int day) {
        Reply reply = callers.post(
                restaurant.reservations(), ("{\"date\":\"" + JANUARY + "-%02dT18:00Z\",\"guests\":4}").formatted(day));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    }

    private static String endpoint(Callers callers, String members) {
        Reply added = callers.post(PATH, "{\"url\":\"https://hooks.example.com\"%s}".formatted(members));
        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        return added.header("Location");
    }

    private static Reply replay(Callers callers, String endpoint, String since) {
        return callers.post(endpoint + "/replay", "{\"since\":\"%s\"}".formatted(since));
    }

    /** The types and restaurants of its deliveries, when all of it is done. */
    private static List<String> replayed(Callers callers, String endpoint, String since) {
        Reply begun = replay(callers, endpoint, since);
        assertThat(begun.status()).as(begun.toString()).isEqualTo(202);
        assertThat(begun.at("/data/webhook_endpoint/replaying_since").stringValue())
                .isEqualTo(Instant.parse(since).toString());
        awaitDone(callers, endpoint);
        return callers.get(endpoint + "/deliveries?limit=200")
                .at("/data/deliveries")
                .valueStream()
                .map(each -> each.path("event_type").stringValue()
                        + (each.path("restaurant_id").longValue() == FIRST.id() ? " 1" : " 2"))
                .sorted()
                .toList();
    }

    private static void awaitDone(Callers callers, String endpoint) {
        await().atMost(Duration.ofSeconds(20)).until(() -> callers.get(endpoint)
                .at("/data/webhook_endpoint/replaying_since")
                .isMissingNode());
    }

    @Test
    void a_partner_is_told_of_its_own_bookings_in_all_its_restaurants() {
        assertThat(replayed(CALLERS, endpoint(CALLERS, ""), BEFORE_ALL))
                .containsExactly("booking.confirmed 1", "booking.confirmed 2");
    }

    @Test
    void the_house_is_told_of_every_booking_and_block() {
        assertThat(replayed(HOUSE, endpoint(HOUSE, ""), BEFORE_ALL))
                .containsExactly(
                        "booking.confirmed 1", "booking.confirmed 1", "booking.confirmed 2", "table.blocked 1");
    }

    @Test
    void only_what_the_endpoint_wants_is_replayed() {
        assertThat(replayed(
                        HOUSE,
                        endpoint(
                                HOUSE,
                                ",\"event_types\":[\"booking.confirmed\"],\"restaurants\":[%d]".formatted(SECOND.id())),
                        BEFORE_ALL))
                .containsExactly("booking.confirmed 2");
    }

    @Test
    void what_happened_before_that_moment_is_not_replayed() {
        Instant now = HEADWAITER
                .jdbc()
                .sql("select now()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();

        assertThat(replayed(CALLERS, endpoint(CALLERS, ""), now.toString())).isEmpty();
    }

    @Test
    void a_restaurant_that_no_key_of_the_partner_reaches_any_more_is_not_told_of() {
        Callers former = HEADWAITER.gateway().with(HEADWAITER.addKey("bookings,staff", FIRST.id()));
        await().until(() -> former.get(PATH).status() == 200);
        String endpoint = endpoint(former, "");
        HEADWAITER
                .jdbc()
                .sql(
                        """
                        delete from api_key_restaurants where api_key_id in (
                          select k.id from api_keys k join webhook_endpoints e using (partner_id) where e.id = :id)
                        """)
                .param("id", id(endpoint))
                .update();

        assertThat(replayed(former, endpoint, BEFORE_ALL)).isEmpty();
    }

    private static long id(String endpoint) {
        return Long.parseLong(endpoint.substring(endpoint.lastIndexOf('/') + 1));
    }

    @Test
    void what_was_delivered_before_is_sent_again_under_the_same_id_and_with_the_same_body() {
        String endpoint = endpoint(CALLERS, "");
        replayed(CALLERS, endpoint, BEFORE_ALL);
        HEADWAITER
                .jdbc()
                .sql(
                        """
                        update webhook_deliveries set status = 'delivered', next_attempt_at = null, attempts = 7, body = 'as it was'::bytea
                        where endpoint_id = :id
                        """)
                .param("id", id(endpoint))
                .update();
        JsonNode before = CALLERS.get(endpoint + "/deliveries").at("/data/deliveries");

        replayed(CALLERS, endpoint, BEFORE_ALL);

        JsonNode after = CALLERS.get(endpoint + "/deliveries").at("/data/deliveries");
        assertThat(after.size()).isEqualTo(before.size()).isEqualTo(2);
        for (int i = 0; i < after.size(); i++) {
            assertThat(after.path(i).path("id")).isEqualTo(before.path(i).path("id"));
            assertThat(after.path(i).path("event_id")).isEqualTo(before.path(i).path("event_id"));
            assertThat(after.path(i).path("status").stringValue()).isEqualTo("pending");
            assertThat(after.path(i).path("attempts").intValue()).isLessThan(7);
            assertThat(CALLERS.get(endpoint + "/deliveries/" + after.path(i).path("id"))
                            .at("/data/delivery/body")
                            .stringValue())
                    .isEqualTo("as it was");
        }
    }

    /** The key of a house with so many decisions: the one of a booking, many times over. Every other one is from long ago. */
    private static Callers houseWithDecisions(int count) {
        Known busy = HEADWAITER.add(aRestaurant().withTables(4));
        Callers house = HEADWAITER.gateway().with(HEADWAITER.addKey("bookings,staff", busy.id()));
        await().until(() -> house.get(PATH).status() == 200);
        book(house, busy, 1);
        HEADWAITER
                .jdbc()
                .sql(
                        """
                        insert into booking_requests (restaurant_id, id, kind, fingerprint, outcome, reservation_id, event_headers, event_data, decided_at)
                        select restaurant_id, gen_random_uuid(), kind, fingerprint, outcome, reservation_id,
                               convert_to(replace(convert_from(event_headers, 'UTF8'), '"ce_id":"', '"ce_id":"' || n || '-'), 'UTF8'),
                               event_data, case when n % 2 = 0 then decided_at else '2019-01-01' end
                        from booking_requests, generate_series(2, :count) n where restaurant_id = :restaurant
                        """)
                .param("restaurant", busy.id())
                .param("count", count)
                .update();
        return house;
    }

    /** A replay is held up while much is due, and nothing of it arrives here: it is made to have arrived. */
    private static void awaitDoneDelivering(Callers callers, String endpoint) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            deliver(endpoint, 1);
            return callers.get(endpoint)
                    .at("/data/webhook_endpoint/replaying_since")
                    .isMissingNode();
        });
    }

    private static void deliver(String endpoint, int attempts) {
        HEADWAITER
                .jdbc()
                .sql(
                        """
                        update webhook_deliveries set status = 'delivered', next_attempt_at = null, attempts = :attempts
                        where endpoint_id = :id and status = 'pending'
                        """)
                .param("id", id(endpoint))
                .param("attempts", attempts)
                .update();
    }

    @Test
    void decisions_of_many_pages_are_replayed_each_once() {
        Callers house = houseWithDecisions(1401);
        String endpoint = endpoint(house, "");
        replay(house, endpoint, BEFORE_ALL);

        awaitDoneDelivering(house, endpoint);

        assertThat(house.get(endpoint + "/deliveries").at("/data/total").intValue())
                .isEqualTo(701);
    }

    @Test
    void of_a_replay_whose_gateway_died_in_the_middle_of_a_page_another_one_makes_the_rest_and_nothing_twice()
            throws Exception {
        Callers house = houseWithDecisions(2401);
        String endpoint = endpoint(house, "");
        Scheduler survivor = HEADWAITER.gateway().bean(Scheduler.class);
        int before;
        survivor.pause();
        try {
            await().until(() -> !isSomebodyReplaying());
            try (Link link = Link.to(HEADWAITER.jdbcUrl());
                    RunningGateway dying =
                            HEADWAITER.startGateway("--HEADWAITER_DATABASE_URL=" + link.through(HEADWAITER.jdbcUrl()));
                    Connection holder = HEADWAITER.connection()) {
                // It has to read who may call.
                await().until(() -> dying.with(house.key()).get(endpoint).status() == 200);
                assertThat(dying.with(house.key())
                                .post(endpoint + "/replay", "{\"since\":\"%s\"}".formatted(BEFORE_ALL))
                                .status())
                        .isEqualTo(202);
                // It waits while so many are due, and goes on when they are not. How far that is it writes first,
                // and then what it made: for that it has to wait for whoever holds the endpoint.
                await().until(() -> made(endpoint) >= 500);
                before = made(endpoint);
                holder.setAutoCommit(false);
                holder.createStatement()
                        .execute("select from webhook_endpoints where id = " + id(endpoint) + " for update");
                deliver(endpoint, 7);
                await().until(() -> blocked() == 1);

                link.cut();

                holder.rollback();
                await().until(() -> blocked() == 0);
            }
            assertThat(made(endpoint)).isEqualTo(before);
            // It is said to be under way by one who has not been heard of since, and for long enough.
            assertThat(HEADWAITER
                            .jdbc()
                            .sql(
                                    "update scheduled_tasks set last_heartbeat = now() - interval '1 minute' where task_name = 'replay-events' and picked")
                            .update())
                    .isEqualTo(1);
        } finally {
            survivor.resume();
        }
        awaitDoneDelivering(house, endpoint);

        assertThat(HEADWAITER
                        .jdbc()
                        .sql(
                                """
                                select count(*) as made, count(distinct event_id) as events, count(*) filter (where attempts = 7) as before
                                from webhook_deliveries where endpoint_id = :id
                                """)
                        .param("id", id(endpoint))
                        .query()
                        .singleRow())
                .isEqualTo(Map.of("made", 1201L, "events", 1201L, "before", (long) before));
    }

    private static boolean isSomebodyReplaying() {
        return HEADWAITER
                .jdbc()
                .sql("select picked from scheduled_tasks where task_name = 'replay-events'")
                .query(Boolean.class)
                .single();
    }

    private static int made(String endpoint) {
        return HEADWAITER
                .jdbc()
                .sql("select count(*) from webhook_deliveries where endpoint_id = :id")
                .param("id", id(endpoint))
                .query(Integer.class)
                .single();
    }

    /** Transactions that wait for another one to let go, in the middle of making deliveries. */
    private static int blocked() {
        return HEADWAITER
                .jdbc()
                .sql(
                        """
                        select count(*) from pg_stat_activity
                        where datname = current_database() and wait_event_type = 'Lock' and query like 'insert into webhook_deliveries%'
                        """)
                .query(Integer.class)
                .single();
    }

    @Test
    void a_replay_waits_while_much_is_due_and_another_one_is_refused_meanwhile() {
        String endpoint = endpoint(CALLERS, "");
        HEADWAITER
                .jdbc()
                .sql(
                        """
                        insert into webhook_deliveries (endpoint_id, event_id, event_type, event_time, body)
                        select :id, n::text, 'webhook.test', now(), ''::bytea from generate_series(1, 700) n
                        """)
                .param("id", id(endpoint))
                .update();

        assertThat(replay(CALLERS, endpoint, BEFORE_ALL).status()).isEqualTo(202);
        assertThat(replay(CALLERS, endpoint, BEFORE_ALL).code()).isEqualTo("webhook_replay_under_way");
        HEADWAITER
                .jdbc()
                .sql("delete from webhook_deliveries where endpoint_id = :id and event_type = 'webhook.test'")
                .param("id", id(endpoint))
                .update();

        awaitDone(CALLERS, endpoint);
        assertThat(CALLERS.get(endpoint + "/deliveries").at("/data/total").intValue())
                .isEqualTo(2);
    }

    @Test
    void a_decision_whose_event_cannot_be_read_is_passed_over() {
        Callers house = houseWithDecisions(11);
        assertThat(HEADWAITER
                        .jdbc()
                        .sql(
                                """
                                update booking_requests set event_headers = 'nonsense'
                                where (restaurant_id, id) in (
                                  select restaurant_id, id from booking_requests
                                  where decided_at > '2020-01-01' order by restaurant_id desc, id limit 1)
                                """)
                        .update())
                .isEqualTo(1);
        String endpoint = endpoint(house, "");
        replay(house, endpoint, BEFORE_ALL);

        awaitDone(house, endpoint);
        assertThat(house.get(endpoint + "/deliveries").at("/data/total").intValue())
                .isEqualTo(5);
    }

    @Test
    void to_a_disabled_endpoint_nothing_is_replayed() {
        String endpoint = endpoint(CALLERS, ",\"enabled\":false");

        assertThat(replay(CALLERS, endpoint, BEFORE_ALL).code()).isEqualTo("webhook_endpoint_disabled");
        assertThat(CALLERS.get(endpoint).at("/data/webhook_endpoint").has("replaying_since"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{} | 422 | since_missing",
                "{\"since\":\"2199-01-01T00:00:00Z\"} | 422 | since_range",
                "{\"since\":\"2020-01-01T00:00:00\"} | 400 | date_invalid",
                "{\"since\":\"yesterday\"} | 400 | date_invalid",
                "{\"since\":null} | 400 | wrong_type",
                "{\"since\":1577836800} | 400 | wrong_type",
                "{\"since\":\"2020-01-01T00:00:00Z\",\"until\":\"2021-01-01T00:00:00Z\"} | 400 | unknown_member",
                "[] | 400 | wrong_type"
            })
    void a_replay_outside_the_contract_is_refused(String body, int status, String code) {
        String endpoint = endpoint(CALLERS, "");

        Reply reply = CALLERS.post(endpoint + "/replay", body);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(CALLERS.get(endpoint + "/deliveries").at("/data/total").intValue())
                .isZero();
        assertThat(CALLERS.get(endpoint)
                        .at("/data/webhook_endpoint/replaying_since")
                        .isMissingNode())
                .isTrue();
    }
}
