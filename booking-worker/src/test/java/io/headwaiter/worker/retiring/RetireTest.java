package io.headwaiter.worker.retiring;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.EVENING;
import static io.headwaiter.worker.testing.Asking.PARTNER;
import static io.headwaiter.worker.testing.Asking.aTable;
import static io.headwaiter.worker.testing.Asking.by;
import static io.headwaiter.worker.testing.Asking.minutesAfter;
import static io.headwaiter.worker.testing.Changing.block;
import static io.headwaiter.worker.testing.Changing.cancelByStaff;
import static io.headwaiter.worker.testing.Changing.withdraw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.GuestDetails;
import io.headwaiter.schemas.Request;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.schemas.UnblockTable;
import io.headwaiter.worker.WorkerApplication;
import io.headwaiter.worker.deciding.Answer;
import io.headwaiter.worker.deciding.DecideBatch;
import io.headwaiter.worker.deciding.Submitted;
import io.headwaiter.worker.operating.Refused;
import io.headwaiter.worker.testing.HeldTransaction;
import io.headwaiter.worker.testing.RunningWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaAdmin;

/** What is over makes room, and nothing that may still be asked for goes with it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class RetireTest {

    private static final List<String> LIVE = List.of("reservations", "table_occupancy", "booking_requests");
    private static final List<String> PAST = List.of("past_reservations", "past_booking_requests");

    private final RunningWorker running = RunningWorker.shared();
    private final HikariDataSource database = new HikariDataSource();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final ConfigurableApplicationContext worker;
    private final ARestaurant.Added restaurant;
    private int days;

    RetireTest() {
        String url = running.services().jdbcUrl(running.services().createDatabase());
        assertThat(running.migrate("--spring.datasource.url=" + url)).isZero();
        database.setJdbcUrl(url);
        database.setUsername(running.services().superuser());
        database.setPassword(running.services().superuserPassword());
        database.setMaximumPoolSize(4);
        restaurant = aRestaurant().withTables(4, 4, 4, 4).addTo(database);
        // Lazy, so that it joins no consumer group: batches are put to it by hand.
        worker = SpringApplication.run(
                WorkerApplication.class,
                "--spring.main.lazy-initialization=true",
                "--spring.kafka.bootstrap-servers=127.0.0.1:1",
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=headwaiter_worker",
                "--spring.datasource.password=" + RunningWorker.WORKER_PASSWORD,
                "--server.port=0");
    }

    @AfterAll
    void stop() {
        worker.close();
        database.close();
    }

    @Test
    void what_is_over_moves_as_it_is_and_what_is_to_come_stays() {
        RequestMessage over = booked();
        RequestMessage refused = message(aTable(restaurant.id(), EVENING, 20));
        decide(refused);
        RequestMessage toCome = booked();
        age(over, 100);
        age(refused, 100);
        Map<String, @Nullable Object> reservation = one("reservations", over);
        Map<String, @Nullable Object> decision = one("booking_requests", over);
        Map<String, @Nullable Object> refusal = one("booking_requests", refused);

        assertThat(retire()).isZero();

        for (String live : LIVE) {
            assertThat(rows(live, over)).as(live).isZero();
            assertThat(rows(live, toCome)).as(live).isEqualTo(1);
        }
        assertThat(one("past_reservations", over)).isEqualTo(reservation);
        assertThat(one("past_booking_requests", over))
                .usingRecursiveComparison()
                .isEqualTo(decision);
        assertThat(one("past_booking_requests", refused))
                .usingRecursiveComparison()
                .isEqualTo(refusal);
        for (String past : PAST) {
            assertThat(rows(past, toCome)).as(past).isZero();
        }
    }

    @Test
    void an_old_decision_stays_beside_a_booking_that_is_to_come_so_that_it_can_be_withdrawn() {
        RequestMessage early = booked();
        jdbc.sql("update booking_requests set decided_at = now() - interval '300 days' where id = ?")
                .param(early.id().value())
                .update();

        assertThat(retire()).isZero();

        assertThat(decide(early)).matches(Answer::repeated).matches(answer -> isConfirmed(answer));
        assertThat(decide(message(withdraw(early)))).matches(answer -> isConfirmed(answer));
    }

    @Test
    void what_was_moved_is_changed_by_nobody() {
        RequestMessage over = booked();
        age(over, 100);
        long id = reservationOf("reservations", over);
        assertThat(retire()).isZero();

        assertThat(decide(message(cancelByStaff(restaurant.id(), id, "Too late")))
                        .outcome())
                .isEqualTo("reservation_not_found");
        assertThat(decide(message(withdraw(over))).outcome()).isEqualTo("nothing_to_withdraw");
        assertThat(one("past_reservations", over)).containsEntry("status", "confirmed");
    }

    @Test
    void a_guest_who_is_forgotten_is_forgotten_in_the_past_too() {
        RequestMessage ann = booked("ann@example.com");
        RequestMessage bo = booked("bo@example.com");
        age(ann, 100);
        age(bo, 100);
        assertThat(retire()).isZero();
        assertThat(one("past_reservations", ann)).containsEntry("notes", "By the window");

        jdbc.sql("update clients set name = null, email = null, anonymized_at = now() where email = 'ann@example.com'")
                .update();
        assertThat(one("past_reservations", ann)).containsEntry("notes", null).doesNotContainEntry("client_id", null);

        jdbc.sql("delete from clients where email = 'bo@example.com'").update();
        assertThat(one("past_reservations", bo))
                .containsEntry("notes", null)
                .containsEntry("client_id", null)
                .containsEntry("reference", "ref-1");
    }

    @Test
    void a_guest_who_is_deleted_while_the_visit_moves_leaves_no_name_behind() {
        RequestMessage moving = booked("cy@example.com");
        RequestMessage before = booked();
        age(moving, 100);
        age(before, 100);
        // Makes the month.
        try (HeldTransaction other = locked(moving)) {
            assertThat(retire()).isZero();
        }

        CompletableFuture<Integer> deleting;
        try (HeldTransaction mover = new HeldTransaction(database)
                .with("set local session_replication_role = replica")
                .with("delete from table_occupancy where reservation_id = ?", reservationOf("reservations", moving))
                .with(
                        "with gone as (delete from reservations where request_id = ? returning *)"
                                + " insert into past_reservations select * from gone",
                        moving.id().value())) {
            deleting =
                    CompletableFuture.supplyAsync(() -> jdbc.sql("delete from clients where email = 'cy@example.com'")
                            .update());
            awaitSomebodyWaitingForALock();
            mover.commit();
        }

        assertThat(deleting.join()).isEqualTo(1);
        assertThat(one("past_reservations", moving))
                .containsEntry("client_id", null)
                .containsEntry("notes", null);
    }

    @Test
    void what_somebody_is_changing_is_left_for_the_next_run() {
        RequestMessage over = booked();
        age(over, 100);
        try (HeldTransaction other = locked(over)) {
            assertThat(retire()).isZero();
        }
        assertThat(rows("reservations", over)).isEqualTo(1);
        assertThat(rows("table_occupancy", over)).isEqualTo(1);
        assertThat(rows("booking_requests", over)).isEqualTo(1);

        assertThat(retire()).isZero();
        assertThat(rows("past_reservations", over)).isEqualTo(1);
        assertThat(rows("past_booking_requests", over)).isEqualTo(1);
    }

    @Test
    void a_run_that_is_cut_off_leaves_every_row_in_one_place_and_the_next_one_goes_on() {
        RequestMessage over = booked();
        age(over, 100);
        CompletableFuture<Integer> run;
        try (HeldTransaction other =
                new HeldTransaction(database).with("lock table past_booking_requests in access exclusive mode")) {
            run = CompletableFuture.supplyAsync(this::retire);
            await("the server to have ended its session")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> jdbc.sql(
                                            """
                            select count(pg_terminate_backend(pid)) from pg_stat_activity
                            where wait_event_type = 'Lock' and datname = current_database() and pid <> pg_backend_pid()
                            """)
                                    .query(Integer.class)
                                    .single()
                            > 0);
            assertThat(run.join()).isEqualTo(2);
        }

        assertThat(rows("past_reservations", over)).isEqualTo(1);
        assertThat(rows("booking_requests", over)).isEqualTo(1);
        assertThat(rows("past_booking_requests", over)).isZero();
        assertThat(retire()).isZero();
        assertThat(rows("booking_requests", over)).isZero();
        assertThat(rows("past_booking_requests", over)).isEqualTo(1);
    }

    @Test
    void two_runs_at_once_move_each_row_once() {
        List<RequestMessage> over = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RequestMessage visit = booked();
            // Months that nobody has made yet.
            age(visit, 2000 + 31 * i);
            over.add(visit);
        }

        CompletableFuture<Integer> one;
        CompletableFuture<Integer> other;
        try (HeldTransaction both =
                new HeldTransaction(database).with("lock table reservations in access exclusive mode")) {
            // One after the other: applications that start at the same moment in one process meet over its logging.
            one = CompletableFuture.supplyAsync(this::retire, Thread::startVirtualThread);
            awaitWaiting(1);
            other = CompletableFuture.supplyAsync(this::retire, Thread::startVirtualThread);
            awaitWaiting(2);
        }
        assertThat(other.join()).isZero();
        assertThat(one.join()).isZero();

        assertThat(over).allSatisfy(visit -> {
            assertThat(rows("past_reservations", visit)).isEqualTo(1);
            assertThat(rows("past_booking_requests", visit)).isEqualTo(1);
        });
    }

    @Test
    void a_block_that_is_over_is_deleted_with_the_time_it_took() {
        RequestMessage painters =
                message(block(restaurant.id(), restaurant.table(3), later(), minutesAfter(later(), 3000)));
        assertThat(isConfirmed(decide(painters))).isTrue();
        long id = jdbc.sql("select block_id from booking_requests where id = ?")
                .param(painters.id().value())
                .query(Long.class)
                .single();
        jdbc.sql(
                        "update table_blocks set starts_at = starts_at - interval '9 years', ends_at = ends_at - interval '9 years' where id = ?")
                .param(id)
                .update();
        age(painters, 100);

        assertThat(retire()).isZero();

        assertThat(jdbc.sql("select count(*) from table_occupancy where block_id = ?")
                        .param(id)
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(rows("past_booking_requests", painters)).isEqualTo(1);
        assertThat(decide(message(new UnblockTable(restaurant.id(), PARTNER, id)))
                        .outcome())
                .isEqualTo("block_not_found");
    }

    @Test
    void months_that_are_old_enough_are_dropped_whole(CapturedOutput output) {
        RequestMessage old = booked();
        RequestMessage older = booked();
        age(old, 400);
        age(older, 1000);

        assertThat(retire("--headwaiter.retire.drop-after=600d")).isZero();

        for (String past : PAST) {
            assertThat(rows(past, old)).as(past).isEqualTo(1);
            assertThat(rows(past, older)).as(past).isZero();
            assertThat(output).contains("Dropped " + past + "_20");
        }
    }

    @Test
    void the_walls_stand_in_the_past() {
        ARestaurant.Added other = aRestaurant().withTables(4).addTo(database);
        RequestMessage here = booked();
        RequestMessage there = booked(other.id(), "dee@example.com");
        age(here, 100);
        age(there, 100);
        assertThat(retire()).isZero();
        String month = jdbc.sql("select tableoid::regclass::text from past_reservations where request_id = ?")
                .param(here.id().value())
                .query(String.class)
                .single();

        try (HikariDataSource gateway = new HikariDataSource()) {
            gateway.setJdbcUrl(database.getJdbcUrl());
            gateway.setUsername("headwaiter_gateway");
            gateway.setPassword(RunningWorker.GATEWAY_PASSWORD);
            gateway.setMaximumPoolSize(1);
            JdbcClient walled = JdbcClient.create(gateway);
            List<String> all = Stream.concat(PAST.stream(), Stream.of("all_reservations", "all_booking_requests"))
                    .toList();
            for (String table : all) {
                assertThat(restaurantsIn(table, walled)).as(table).isEmpty();
            }
            walled.sql("select set_config('headwaiter.restaurant_id', ?, false)")
                    .param(Long.toString(other.id()))
                    .query(String.class)
                    .single();
            for (String table : all) {
                assertThat(restaurantsIn(table, walled)).as(table).containsExactly(other.id());
            }
            assertThatThrownBy(() -> restaurantsIn(month, walled))
                    .rootCause()
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void the_past_has_the_columns_of_the_present_in_the_same_order() {
        for (String table : List.of("reservations", "booking_requests")) {
            assertThat(columns("past_" + table)).isEqualTo(columns(table)).isNotEmpty();
            assertThat(columns("all_" + table)).isEqualTo(columns(table));
        }
    }

    @Test
    void whoever_is_held_to_the_walls_cannot_retire_and_does_not_think_so() {
        RequestMessage over = booked();
        age(over, 100);
        jdbc.sql("grant all on all tables in schema public to headwaiter_floor_plans")
                .update();
        jdbc.sql("alter role headwaiter_floor_plans login password 'plans'").update();
        try {
            assertThat(retire(
                            "--spring.datasource.username=headwaiter_floor_plans",
                            "--spring.datasource.password=plans"))
                    .isEqualTo(2);
        } finally {
            jdbc.sql("revoke all on all tables in schema public from headwaiter_floor_plans")
                    .update();
            jdbc.sql(
                            """
                            grant select on restaurants, turn_times, opening_hours, special_days, special_hours, dining_tables
                            to headwaiter_floor_plans
                            """)
                    .update();
            jdbc.sql("alter role headwaiter_floor_plans nologin password null").update();
        }
        assertThat(rows("reservations", over)).isEqualTo(1);
    }

    @Test
    void nothing_is_moved_whose_request_may_be_delivered_again(CapturedOutput output) {
        running.events.of(
                running.place(aTable(running.add(aRestaurant().withTables(4)).id(), EVENING, 2)));
        StillInTopics topics =
                new StillInTopics(new KafkaAdmin(Map.of("bootstrap.servers", running.bootstrapServers())));

        topics.check(Instant.now().minus(Duration.ofDays(60)));
        assertThatThrownBy(() -> topics.check(Instant.now()))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("The topic booking.requests holds records of 20");
    }

    @Test
    void what_is_younger_than_a_delivery_may_be_is_not_moved(CapturedOutput output) {
        assertThat(retire("--headwaiter.retire.after=59d")).isEqualTo(2);
        assertThat(retire("--headwaiter.retire.drop-after=90d")).isEqualTo(2);
        assertThat(output).contains("what is dropped must be older than what is moved");
    }

    /** Until so many sessions were seen to wait for a lock. */
    private void awaitWaiting(int sessions) {
        Set<Integer> seen = new HashSet<>();
        await("sessions that wait for a lock").atMost(Duration.ofSeconds(30)).until(() -> {
            seen.addAll(jdbc.sql(
                            """
                            select pid from pg_stat_activity
                            where wait_event_type = 'Lock' and datname = current_database() and pid <> pg_backend_pid()
                            """)
                    .query(Integer.class)
                    .list());
            return seen.size() >= sessions;
        });
    }

    private int retire(String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "retire",
                "--spring.kafka.bootstrap-servers=" + running.bootstrapServers(),
                "--spring.datasource.url=" + database.getJdbcUrl()));
        if (more.length < 2) {
            settings.add("--spring.datasource.username=" + database.getUsername());
            settings.add("--spring.datasource.password=" + database.getPassword());
        }
        settings.addAll(List.of(more));
        return Retire.run(settings.toArray(String[]::new));
    }

    /** Each on a day of its own. */
    private Instant later() {
        return minutesAfter(EVENING, 60L * 24 * ++days);
    }

    private RequestMessage booked() {
        return booked("guest" + days + "@example.com");
    }

    private RequestMessage booked(String email) {
        return booked(restaurant.id(), email);
    }

    private RequestMessage booked(long house, String email) {
        RequestMessage placed = message(by(new GuestDetails("Ann Lee", email, null), aTable(house, later(), 2)));
        assertThat(isConfirmed(decide(placed))).isTrue();
        return placed;
    }

    private static RequestMessage message(Request asked) {
        return new RequestMessage(RequestId.create(), Fingerprint.of(asked), asked);
    }

    private Answer decide(RequestMessage message) {
        return worker.getBean(DecideBatch.class)
                .decide(List.of(new Submitted(message, Instant.now(), null)))
                .getFirst();
    }

    private static boolean isConfirmed(Answer answer) {
        return answer.outcome().equals("confirmed");
    }

    /** Makes visit and decision so many days old, and up to two months older: each visit stays on a day of its own. */
    private void age(RequestMessage request, int days) {
        jdbc.sql("update booking_requests set decided_at = now() - :days * interval '1 day' where id = :id")
                .param("days", days)
                .param("id", request.id().value())
                .update();
        jdbc.sql(
                        """
                        with visit as (
                          update reservations set starts_at = starts_at - (:days + 60) * interval '1 day',
                                                  ends_at = ends_at - (:days + 60) * interval '1 day'
                          where request_id = :id returning id, starts_at, ends_at)
                        update table_occupancy o set starts_at = visit.starts_at, ends_at = visit.ends_at + interval '15 minutes'
                        from visit where o.reservation_id = visit.id
                        """)
                .param("days", days)
                .param("id", request.id().value())
                .update();
    }

    private HeldTransaction locked(RequestMessage visit) {
        return new HeldTransaction(database)
                .with(
                        "select from reservations where request_id = ? for no key update",
                        visit.id().value());
    }

    private void awaitSomebodyWaitingForALock() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> jdbc.sql(
                                        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")
                                .query(Integer.class)
                                .single()
                        > 0);
    }

    private static String where(String table) {
        return switch (table) {
            case "table_occupancy" -> " where reservation_id in (select id from all_reservations where request_id = ?)";
            case "booking_requests", "past_booking_requests" -> " where id = ?";
            default -> " where request_id = ?";
        };
    }

    private int rows(String table, RequestMessage request) {
        return jdbc.sql("select count(*) from " + table + where(table))
                .param(request.id().value())
                .query(Integer.class)
                .single();
    }

    private Map<String, @Nullable Object> one(String table, RequestMessage request) {
        return jdbc.sql("select * from " + table + where(table))
                .param(request.id().value())
                .query()
                .singleRow();
    }

    private long reservationOf(String table, RequestMessage request) {
        return (Long) Objects.requireNonNull(one(table, request).get("id"));
    }

    private static List<Long> restaurantsIn(String table, JdbcClient reader) {
        return reader.sql("select distinct restaurant_id from " + table)
                .query((row, number) -> row.getLong(1))
                .list();
    }

    private List<String> columns(String table) {
        return jdbc.sql(
                        "select column_name || ' ' || data_type from information_schema.columns where table_name = ? order by ordinal_position")
                .param(table)
                .query((row, number) -> row.getString(1))
                .list();
    }
}
