package io.headwaiter.gateway;

import static io.headwaiter.gateway.testing.Dates.JANUARY;
import static io.headwaiter.gateway.testing.Dates.weekday;
import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.House;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What a change of the rules says of the reservations that there are already. */
class NowOutsideTest {

    private static final String NONE = "{\"opening_hours\":[]}";

    private final Headwaiter headwaiter = Headwaiter.shared();
    private final Known known = headwaiter.add(aRestaurant().withTables(2, 4, 8));
    private final House house = House.of(headwaiter, known);

    private static List<String> outside(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isIn(200, 201);
        assertThat(reply.at("/data/now_outside_total").intValue())
                .isEqualTo(reply.at("/data/now_outside").size());
        return reply.at("/data/now_outside")
                .valueStream()
                .map(each ->
                        each.path("id").longValue() + " " + each.path("reason").stringValue())
                .toList();
    }

    @Test
    void a_reservation_that_is_outside_is_told_and_left_as_it_is() {
        long reservation = house.book(JANUARY + "-01T18:00:00Z", 4, known.table(1));
        String path = known.reservations() + "/" + reservation;
        Reply before = house.callers().get(path);

        Reply reply = house.put("/special-days/" + JANUARY + "-01", "{}");

        assertThat(reply.at("/data/now_outside"))
                .isEqualTo(new JsonMapper()
                        .readTree(
                                """
                                        [{"id": %d, "date": "%s-01T18:00:00Z", "guests": 4, "table_id": %d, "reason": "closed"}]
                                        """
                                        .formatted(reservation, JANUARY, known.table(1))));
        assertThat(house.callers().get(path).text()).isEqualTo(before.text());
        assertThat(headwaiter.rows("table_occupancy", known)).isEqualTo(1);
    }

    @Test
    void every_kind_of_change_tells_what_it_leaves_outside() {
        long late = house.book(JANUARY + "-01T20:15:00Z", 2, known.table(0));
        long four = house.book(JANUARY + "-02T18:00:00Z", 4, known.table(1));
        String table = "/tables/" + known.table(1);

        assertThat(outside(house.put(
                        "/opening-hours",
                        """
                        {"opening_hours": [{"weekday": %d, "opens": "18:00", "closes": "22:00"}, {"weekday": %d, "opens": "18:00", "closes": "22:00"}]}
                        """
                                .formatted(weekday(1), weekday(2)))))
                .isEmpty();
        assertThat(outside(house.patch("", "{\"slot_step_minutes\":60}"))).containsExactly(late + " off_slot_grid");
        assertThat(outside(house.patch("", "{\"slot_step_minutes\":15,\"time_zone\":\"Asia/Tokyo\"}")))
                .containsExactly(late + " closed", four + " closed");
        assertThat(outside(house.patch("", "{\"time_zone\":\"UTC\"}"))).isEmpty();
        assertThat(outside(house.put("/turn-times", "{\"turn_times\":[{\"party_up_to\":2,\"minutes\":120}]}")))
                .containsExactly(late + " closed");
        assertThat(outside(house.put("/turn-times", "{\"turn_times\":[{\"party_up_to\":2,\"minutes\":15}]}")))
                .isEmpty();
        assertThat(outside(house.put("/special-days/" + JANUARY + "-02", "{}"))).containsExactly(four + " closed");
        assertThat(outside(house.delete("/special-days/" + JANUARY + "-02"))).isEmpty();
        assertThat(outside(house.patch(table, "{\"capacity\":3}"))).containsExactly(four + " table_too_small");
        assertThat(outside(house.patch(table, "{\"capacity\":8,\"smallest_party\":5}")))
                .containsExactly(four + " table_too_large");
        assertThat(outside(house.patch(table, "{\"smallest_party\":1,\"active\":false}")))
                .containsExactly(four + " table_unknown");
        assertThat(outside(house.delete("/tables/" + known.table(2)))).containsExactly(four + " table_unknown");
        assertThat(outside(house.post("/tables", "{\"name\":\"New\",\"capacity\":2}")))
                .containsExactly(four + " table_unknown");
        assertThat(outside(house.patch(table, "{\"active\":true}"))).isEmpty();
    }

    @Test
    void only_those_that_are_confirmed_and_still_to_come_are_told() {
        long coming = house.book(JANUARY + "-01T18:00:00Z", 4, known.table(1));
        for (String change : List.of(
                "status = 'cancelled'",
                "status = 'seated'",
                "starts_at = now() - interval '1 hour', ends_at = now() + interval '1 hour'")) {
            long other = house.book(JANUARY + "-02T1" + change.length() % 10 + ":00:00Z", 2, known.table(0));
            headwaiter
                    .jdbc()
                    .sql("update reservations set " + change + " where restaurant_id = ? and id = ?")
                    .param(known.id())
                    .param(other)
                    .update();
            headwaiter
                    .jdbc()
                    .sql("delete from table_occupancy where restaurant_id = ? and reservation_id = ?")
                    .param(known.id())
                    .param(other)
                    .update();
        }

        assertThat(outside(house.put("/opening-hours", NONE))).containsExactly(coming + " closed");
    }

    @Test
    void two_hundred_are_shown_and_all_are_counted() {
        house.book(JANUARY + "-01T18:00:00Z", 4, known.table(1));
        headwaiter
                .jdbc()
                .sql(
                        """
                        insert into reservations (restaurant_id, id, starts_at, ends_at, guests, table_id, partner_id, request_id)
                        select restaurant_id, nextval('reservation_ids'), starts_at + i * interval '24 hours', ends_at + i * interval '24 hours',
                               guests, table_id, partner_id, gen_random_uuid()
                        from reservations, generate_series(1, 2500) i where restaurant_id = ?
                        """)
                .param(known.id())
                .update();

        Reply reply = house.put("/opening-hours", NONE);

        assertThat(reply.at("/data/now_outside").size()).isEqualTo(200);
        assertThat(reply.at("/data/now_outside/0/date").stringValue()).isEqualTo(JANUARY + "-01T18:00:00Z");
        assertThat(reply.at("/data/now_outside/199/date").stringValue())
                .isEqualTo(LocalDate.parse(JANUARY + "-01").plusDays(199) + "T18:00:00Z");
        assertThat(reply.at("/data/now_outside_total").intValue()).isEqualTo(2501);
    }

    /** What a worker does that is in the middle of a batch: it holds the restaurant's lock shared until its bookings are committed. */
    @Test
    void a_booking_on_its_way_is_waited_for_and_told() throws Exception {
        try (ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
                Connection batch = headwaiter.connection()) {
            batch.setAutoCommit(false);
            insertReservation(batch, 77);

            Future<Reply> change = background.submit(() -> house.put("/opening-hours", NONE));
            awaitWaiting(1);
            assertThat(change).isNotDone();
            batch.commit();

            assertThat(outside(change.get())).containsExactly("77 closed");
        }
    }

    @Test
    void a_table_is_not_removed_under_a_booking_on_its_way() throws Exception {
        try (ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
                Connection batch = headwaiter.connection()) {
            batch.setAutoCommit(false);
            insertReservation(batch, 78);

            Future<Reply> removal = background.submit(() -> house.delete("/tables/" + known.table(1)));
            awaitWaiting(1);
            batch.commit();

            Reply reply = removal.get();
            assertThat(reply.code()).as(reply.toString()).isEqualTo("table_has_reservations");
            assertThat(reply.at("/reservations/0").intValue()).isEqualTo(78);
        }
    }

    @Test
    void two_changes_under_one_version_are_not_both_made() throws Exception {
        String version = house.get("").header("ETag");
        try (ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
                Connection batch = headwaiter.connection()) {
            batch.setAutoCommit(false);
            lockShared(batch);
            List<Future<Reply>> changes = List.of(
                    background.submit(() -> house.put("/opening-hours", NONE, "If-Match", version)),
                    background.submit(() -> house.patch("", "{\"name\":\"Changed\"}", "If-Match", version)));
            awaitWaiting(2);
            batch.rollback();

            assertThat(List.of(
                            changes.get(0).get().status(), changes.get(1).get().status()))
                    .containsExactlyInAnyOrder(200, 412);
        }
    }

    private void lockShared(Connection batch) throws SQLException {
        try (Statement sql = batch.createStatement()) {
            sql.execute("select pg_advisory_xact_lock_shared(" + known.id() + ")");
        }
    }

    private void insertReservation(Connection batch, long id) throws SQLException {
        lockShared(batch);
        try (Statement sql = batch.createStatement()) {
            sql.execute(
                    """
                    insert into reservations (restaurant_id, id, starts_at, ends_at, guests, table_id, partner_id, request_id)
                    values (%1$d, %2$d, '%4$s-01T18:00Z', '%4$s-01T20:00Z', 4, %3$d, 1, gen_random_uuid())
                    """
                            .formatted(known.id(), id, known.table(1), JANUARY));
        }
    }

    /** Returns when so many of the gateway's transactions wait for a lock. */
    private void awaitWaiting(int count) {
        await().until(() -> headwaiter
                        .jdbc()
                        .sql(
                                """
                                select count(*) from pg_stat_activity
                                where usename = 'headwaiter_gateway' and wait_event_type = 'Lock'
                                  and datname = current_database()
                                """)
                        .query(Integer.class)
                        .single()
                == count);
    }
}
