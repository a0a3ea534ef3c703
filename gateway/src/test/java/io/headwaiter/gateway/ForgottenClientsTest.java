package io.headwaiter.gateway;

import static io.headwaiter.gateway.testing.Dates.JANUARY;
import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client goes whole when nobody is expected any more, or else is blanked; what was at the tables stays on the books. */
class ForgottenClientsTest {

    private final Headwaiter headwaiter = Headwaiter.shared();
    private final Known restaurant = headwaiter.add(aRestaurant().withTables(4));
    private final Callers callers = headwaiter.of(restaurant);
    private final String ann = callers.post(
                    restaurant.clients(),
                    "{\"name\":\"Ann Lee\",\"email\":\"ann@example.com\",\"phone\":\"+34 600 100 200\"}")
            .header("Location");
    private final long annId = callers.get(ann).at("/data/client/id").longValue();

    /** Ann's, with notes; times are in hours from now. */
    private long reservation(String status, int from, int to) {
        return headwaiter
                .jdbc()
                .sql(
                        """
                        insert into reservations (restaurant_id, id, starts_at, ends_at, guests, table_id, client_id, status,
                                                  partner_id, request_id, reference, notes, cancel_reason)
                        values (:restaurant, nextval('reservation_ids'), now() + :from * interval '1 hour',
                                now() + :to * interval '1 hour', 2, :table, :client, :status, 1, gen_random_uuid(),
                                'R-1', 'Ann is allergic to nuts', case :status when 'cancelled' then 'Ann is ill' end)
                        returning id
                        """)
                .param("restaurant", restaurant.id())
                .param("from", from)
                .param("to", to)
                .param("table", restaurant.table(0))
                .param("client", annId)
                .param("status", status)
                .query(Long.class)
                .single();
    }

    private Map<String, @Nullable Object> stored(long reservation) {
        return headwaiter
                .jdbc()
                .sql("select * from reservations where id = :id")
                .param("id", reservation)
                .query()
                .singleRow();
    }

    @Test
    void a_client_whom_nobody_expects_is_deleted() {
        Reply deleted = callers.delete(ann);

        assertThat(deleted.status()).as(deleted.toString()).isEqualTo(204);
        assertThat(deleted.text()).isEmpty();
        assertThat(callers.get(ann).code()).isEqualTo("client_not_found");
        assertThat(callers.delete(ann).status()).isEqualTo(404);
        assertThat(callers.get(restaurant.clients()).at("/data/total").longValue())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"completed, -3, -1", "confirmed, -3, -1", "seated, -3, -1", "no_show, 1, 3", "cancelled, 1, 3"})
    void what_is_over_keeps_its_row_without_its_guest_and_what_was_noted(String status, int from, int to) {
        long visit = reservation(status, from, to);

        assertThat(callers.delete(ann).status()).isEqualTo(204);
        assertThat(stored(visit))
                .containsEntry("status", status)
                .containsEntry("reference", "R-1")
                .containsEntry("client_id", null)
                .containsEntry("notes", null)
                .containsEntry("cancel_reason", null);
    }

    @ParameterizedTest
    @CsvSource({"confirmed, 1, 3", "confirmed, -1, 1", "seated, -1, 1"})
    void a_client_who_is_expected_is_not_deleted_but_may_be_anonymized(String status, int from, int to) {
        long visit = reservation(status, from, to);

        for (Reply refused : List.of(callers.delete(ann), callers.delete(ann + "?anonymize=false"))) {
            assertThat(refused.status()).as(refused.toString()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("client_has_reservations");
        }
        assertThat(stored(visit)).containsEntry("notes", "Ann is allergic to nuts");

        assertThat(callers.delete(ann + "?anonymize=true").status()).isEqualTo(200);
        assertThat(stored(visit))
                .containsEntry("status", status)
                .containsEntry("client_id", annId)
                .containsEntry("notes", null);
    }

    @Test
    void a_booking_that_the_worker_made_keeps_its_guest_until_it_is_cancelled() {
        Reply booked = callers.post(
                restaurant.reservations(),
                ("{\"date\":\"" + JANUARY + "-01T18:00Z\",\"guests\":4,\"client_id\":%d}").formatted(annId));
        assertThat(booked.status()).as(booked.toString()).isEqualTo(201);

        assertThat(callers.delete(ann).code()).isEqualTo("client_has_reservations");
    }

    @Test
    void of_an_anonymized_client_nothing_personal_is_left() {
        Reply anonymized = callers.delete(ann + "?anonymize=true");
        Reply shown = callers.get(ann);

        assertThat(anonymized.status()).as(anonymized.toString()).isEqualTo(200);
        assertThat(anonymized.header("ETag")).isEqualTo("\"2\"");
        assertThat(anonymized.at("/data/client").propertyNames())
                .containsExactlyInAnyOrder("id", "version", "created_at", "anonymized_at");
        assertThat(shown.text()).isEqualTo(anonymized.text());
        assertThat(callers.get(restaurant.clients()).at("/data/clients/0").toString())
                .isEqualTo(anonymized.at("/data/client").toString());
        for (String search : List.of("search=ann", "name=ann", "email=ann", "phone=600", "search=600")) {
            assertThat(callers.get(restaurant.clients() + "?" + search)
                            .at("/data/total")
                            .longValue())
                    .as(search)
                    .isZero();
        }
        assertThat(headwaiter
                        .jdbc()
                        .sql("select name, email, email_key, phone from clients where id = ?")
                        .param(annId)
                        .query()
                        .singleRow()
                        .values())
                .containsOnlyNulls();
    }

    @Test
    void an_anonymized_client_gets_no_details_again() {
        callers.delete(ann + "?anonymize=true");

        String eve = "{\"name\":\"Eve\",\"email\":\"eve@example.com\"}";
        for (Reply refused : List.of(
                callers.json("PUT", ann, eve),
                callers.json("PATCH", ann, eve),
                callers.json("PATCH", ann, "{}"),
                // It would not help to have the right version, so the wrong one is not held against the caller.
                callers.json("PUT", ann, eve, "If-Match", "\"1\""))) {
            assertThat(refused.status()).as(refused.toString()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("client_anonymized");
        }
    }

    @Test
    void the_address_of_an_anonymized_client_is_free_again() {
        callers.delete(ann + "?anonymize=true");

        Reply again = callers.post(restaurant.clients(), "{\"name\":\"Ann Lee\",\"email\":\"ann@example.com\"}");

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.at("/data/client/id").longValue()).isNotEqualTo(annId);
    }

    @Test
    void a_reservation_may_still_name_an_anonymized_client_and_is_forgotten_by_doing_it_again() {
        String since = callers.delete(ann + "?anonymize=true")
                .at("/data/client/anonymized_at")
                .stringValue();
        Reply booked = callers.post(
                restaurant.reservations(),
                ("{\"date\":\"" + JANUARY + "-01T18:00Z\",\"guests\":4,\"client_id\":%d,\"notes\":\"Ann again\"}")
                        .formatted(annId));
        assertThat(booked.status()).as(booked.toString()).isEqualTo(201);
        Reply shown = callers.get(booked.header("Location"));
        assertThat(shown.at("/data/client").propertyNames()).containsExactly("id");

        Reply again = callers.delete(ann + "?anonymize=true");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.at("/data/client/anonymized_at").stringValue()).isEqualTo(since);
        assertThat(stored(booked.at("/data/reservation/id").longValue()))
                .containsEntry("client_id", annId)
                .containsEntry("notes", null);
    }

    @Test
    void an_anonymized_client_whom_nobody_expects_can_be_deleted() {
        callers.delete(ann + "?anonymize=true");

        assertThat(callers.delete(ann).status()).isEqualTo(204);
    }

    @Test
    void notes_about_others_are_not_forgotten() {
        Reply booked = callers.post(
                restaurant.reservations(),
                "{\"date\":\"" + JANUARY
                        + "-01T18:00Z\",\"guests\":4,\"notes\":\"by the window\",\"client\":{\"name\":\"Bo\",\"email\":\"bo@example.com\"}}");
        assertThat(booked.status()).as(booked.toString()).isEqualTo(201);

        callers.delete(ann + "?anonymize=true");
        callers.delete(ann);

        assertThat(stored(booked.at("/data/reservation/id").longValue())).containsEntry("notes", "by the window");
    }

    /** The worker's insert, seen from the moment at which it has locked the client and is not yet committed. */
    private <T> T whileABookingIsDecided(HeldBooking<T> work) throws SQLException {
        try (Connection worker = headwaiter.connection()) {
            worker.setAutoCommit(false);
            try (Statement insert = worker.createStatement()) {
                insert.execute("set local role headwaiter_worker");
                insert.execute(
                        """
                        insert into reservations (restaurant_id, id, starts_at, ends_at, guests, table_id, client_id,
                                                  partner_id, request_id, notes)
                        values (%d, nextval('reservation_ids'), now() + interval '1 day', now() + interval '26 hours', 2,
                                %d, %d, 1, gen_random_uuid(), 'Ann is allergic to nuts')
                        """
                                .formatted(restaurant.id(), restaurant.table(0), annId));
            }
            try {
                return work.with(worker);
            } finally {
                worker.rollback();
            }
        }
    }

    private interface HeldBooking<T> {
        T with(Connection worker) throws SQLException;
    }

    private CompletableFuture<Reply> deleteThatWaits(String path) {
        CompletableFuture<Reply> deletion =
                CompletableFuture.supplyAsync(() -> callers.delete(path), Thread::startVirtualThread);
        await("a deletion that waits for the booking").until(() -> headwaiter
                .jdbc()
                .sql(
                        """
                        select count(*) from pg_stat_activity
                        where usename = 'headwaiter_gateway' and wait_event_type = 'Lock' and query like '%from clients%for update'
                        """)
                .query(Integer.class)
                .single()
                .equals(1));
        assertThat(deletion).isNotDone();
        return deletion;
    }

    @Test
    void a_booking_that_is_being_decided_keeps_its_guest() throws SQLException {
        Reply refused = whileABookingIsDecided(worker -> {
            CompletableFuture<Reply> deletion = deleteThatWaits(ann);
            worker.commit();
            return deletion.join();
        });

        assertThat(refused.status()).as(refused.toString()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("client_has_reservations");
        assertThat(callers.get(ann).status()).isEqualTo(200);
    }

    @Test
    void a_booking_that_comes_to_nothing_keeps_nobody() throws SQLException {
        Reply deleted = whileABookingIsDecided(worker -> {
            CompletableFuture<Reply> deletion = deleteThatWaits(ann);
            worker.rollback();
            return deletion.join();
        });

        assertThat(deleted.status()).as(deleted.toString()).isEqualTo(204);
    }

    @Test
    void what_a_booking_that_is_being_decided_notes_is_forgotten_with_its_guest() throws SQLException {
        Reply anonymized = whileABookingIsDecided(worker -> {
            CompletableFuture<Reply> deletion = deleteThatWaits(ann + "?anonymize=true");
            worker.commit();
            return deletion.join();
        });

        assertThat(anonymized.status()).as(anonymized.toString()).isEqualTo(200);
        assertThat(headwaiter
                        .jdbc()
                        .sql("select count(*) from reservations where client_id = ? and notes is null")
                        .param(annId)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void a_booking_for_a_client_who_is_being_deleted_is_decided_once_that_is_done() throws SQLException {
        CompletableFuture<Reply> booking;
        try (Connection deleting = headwaiter.connection()) {
            deleting.setAutoCommit(false);
            try (Statement delete = deleting.createStatement()) {
                delete.execute("delete from clients where id = " + annId);
            }
            booking = CompletableFuture.supplyAsync(
                    () -> callers.post(
                            restaurant.reservations(),
                            ("{\"date\":\"" + JANUARY + "-01T18:00Z\",\"guests\":4,\"client_id\":%d}")
                                    .formatted(annId)),
                    Thread::startVirtualThread);
            await("a worker that waits for the deletion").until(() -> headwaiter
                    .jdbc()
                    .sql(
                            "select count(*) from pg_stat_activity where usename = 'headwaiter_worker' and wait_event_type = 'Lock'")
                    .query(Integer.class)
                    .single()
                    .equals(1));
            deleting.commit();
        }

        assertThat(booking.join().status()).as(booking.join().toString()).isEqualTo(409);
        assertThat(booking.join().code()).isEqualTo("client_unknown");
    }

    @Test
    void of_a_booking_for_a_client_and_the_clients_deletion_at_once_one_succeeds() {
        for (int round = 0; round < 20; round++) {
            String client = callers.post(
                            restaurant.clients(), "{\"name\":\"Bo\",\"email\":\"bo%d@example.com\"}".formatted(round))
                    .header("Location");
            String booking = ("{\"date\":\"" + JANUARY + "-%02dT18:00Z\",\"guests\":4,\"client_id\":%s}")
                    .formatted(round + 1, client.substring(client.lastIndexOf('/') + 1));
            CompletableFuture<Reply> booked = CompletableFuture.supplyAsync(
                    () -> callers.post(restaurant.reservations(), booking), Thread::startVirtualThread);
            // Sooner or later in the booking's course, so that each has its chance.
            for (int i = 0; i < round % 5; i++) {
                callers.get(client);
            }
            Reply deleted = callers.delete(client);

            if (deleted.status() == 204) {
                assertThat(booked.join().code()).as(booked.join().toString()).isEqualTo("client_unknown");
            } else {
                assertThat(deleted.code()).as(deleted.toString()).isEqualTo("client_has_reservations");
                assertThat(booked.join().status()).as(booked.join().toString()).isEqualTo(201);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update reservations set notes = null",
                "update reservations set notes = null, cancel_reason = null where client_id is not null",
                "update reservations set client_id = null",
                "delete from reservations",
                "alter table clients disable trigger forget_notes",
                "alter function forget_notes() owner to headwaiter_gateway",
                "create or replace function forget_notes() returns trigger language plpgsql as 'begin return null; end'",
                "select forget_notes()"
            })
    void the_gateways_role_reaches_reservations_by_the_trigger_alone(String statement) throws SQLException {
        long visit = reservation("completed", -3, -1);
        try (Connection gateway = DriverManager.getConnection(
                        headwaiter.jdbcUrl(), "headwaiter_gateway", Headwaiter.GATEWAY_PASSWORD);
                Statement sql = gateway.createStatement()) {
            sql.execute("select set_config('headwaiter.restaurant_id', '" + restaurant.id() + "', false)");
            assertThatThrownBy(() -> sql.execute(statement))
                    .isInstanceOf(SQLException.class)
                    .hasMessageMatching("(?s).*(permission denied|must be owner).*");
        }
        assertThat(stored(visit)).containsEntry("notes", "Ann is allergic to nuts");
    }
}
