package io.headwaiter.gateway;

import static io.headwaiter.gateway.testing.Dates.JANUARY;
import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Link;
import io.headwaiter.gateway.testing.Reply;
import io.headwaiter.gateway.testing.RunningGateway;
import io.headwaiter.local.services.LocalBroker;
import io.headwaiter.schemas.Topics;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.core.ProducerFactory;

/** The database or the broker is away. */
class OutagesTest {

    private static final String ONE = "{\"date\":\"" + JANUARY + "-01T18:00:00Z\",\"guests\":4}";
    private static final String READINESS = "/actuator/health/readiness";

    private static final Duration LONG = Duration.ofSeconds(30);

    private static final Headwaiter HEADWAITER = Headwaiter.shared();
    private static final Known RESTAURANT = HEADWAITER.add(aRestaurant().withTables(4, 4, 4, 4, 4, 4, 4, 4, 4, 4));

    private static RunningGateway gatewayBehind(Link link, String... settings) {
        String[] all = Arrays.copyOf(settings, settings.length + 2);
        all[settings.length] = "--HEADWAITER_DATABASE_URL=" + link.through(HEADWAITER.jdbcUrl());
        all[settings.length + 1] = "--spring.datasource.hikari.connection-timeout=500";
        return HEADWAITER.startGateway(all);
    }

    @Test
    void bookings_are_taken_while_the_database_is_away() throws Exception {
        try (Link link = Link.to(HEADWAITER.jdbcUrl());
                RunningGateway gateway = gatewayBehind(link)) {
            Headwaiter.awaitKnown(gateway, RESTAURANT);
            Callers callers = gateway.of(RESTAURANT);
            link.cut();

            Reply async = callers.post(RESTAURANT.reservations(), ONE, "Prefer", "respond-async");
            // The worker's way to the database is not cut, so there is an outcome to wait for.
            Reply waited = callers.post(RESTAURANT.reservations(), ONE, "Prefer", "wait=20");

            assertThat(async.status()).isEqualTo(202);
            assertThat(waited.status()).as(waited.toString()).isEqualTo(201);
            assertThat(gateway.nobody().get(READINESS).status()).isEqualTo(200);
            for (Reply reply : List.of(
                    callers.get(async.header("Location")),
                    callers.get(waited.header("Location")),
                    callers.get(RESTAURANT.availability("date=" + JANUARY + "-01&guests=2")),
                    callers.get(RESTAURANT.clients()),
                    callers.get(RESTAURANT.clients() + "/1"),
                    callers.post(RESTAURANT.clients(), "{\"name\":\"Al\",\"email\":\"a@b\"}"))) {
                assertThat(reply.status()).as(reply.toString()).isEqualTo(503);
                assertThat(reply.code()).isEqualTo("database_unavailable");
                assertThat(reply.header("Retry-After")).isNotEmpty();
            }

            link.mend();
            await().until(() -> callers.get(RESTAURANT.clients()).status() == 200);
        }
    }

    @Test
    void who_waits_while_the_database_is_away_is_told_to_come_back() throws Exception {
        try (Link link = Link.to(HEADWAITER.jdbcUrl());
                RunningGateway gateway = gatewayBehind(link)) {
            Headwaiter.awaitKnown(gateway, RESTAURANT);
            HEADWAITER.withoutDecisions(() -> {
                link.cut();
                // At first the outage is not known and the last look fails; then there is none.
                for (int i = 0; i < 2; i++) {
                    Reply reply = gateway.of(RESTAURANT).post(RESTAURANT.reservations(), ONE, "Prefer", "wait=1");
                    assertThat(reply.status()).isEqualTo(202);
                }
            });
        }
    }

    @Test
    void a_query_that_takes_too_long_is_given_up() throws Exception {
        try (RunningGateway gateway = HEADWAITER.startGateway(
                        "--spring.datasource.hikari.data-source-properties.options=-c transaction_timeout=300ms");
                Connection locking = HEADWAITER.connection()) {
            Headwaiter.awaitKnown(gateway, RESTAURANT);
            locking.setAutoCommit(false);
            try (Statement sql = locking.createStatement()) {
                sql.execute("lock table clients in access exclusive mode");
            }

            Reply reply = gateway.of(RESTAURANT).get(RESTAURANT.clients());

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.code()).isEqualTo("database_unavailable");
            locking.rollback();
        }
    }

    @Test
    void a_gateway_starts_without_the_database_and_knows_nobody_until_it_is_there() throws Exception {
        try (Link link = Link.to(HEADWAITER.jdbcUrl())) {
            link.cut();
            try (RunningGateway gateway = gatewayBehind(link)) {
                Reply reply = gateway.of(RESTAURANT).get(RESTAURANT.clients());
                assertThat(reply.status()).isEqualTo(503);
                assertThat(reply.code()).isEqualTo("directory_not_loaded");
                assertThat(reply.header("Retry-After")).isNotEmpty();
                assertThat(gateway.nobody().get(RESTAURANT.clients()).status()).isEqualTo(401);

                link.mend();
                Headwaiter.awaitKnown(gateway, RESTAURANT);
            }
        }
    }

    @Test
    void keys_and_rules_that_are_too_old_are_not_used_any_more() throws Exception {
        try (Link link = Link.to(HEADWAITER.jdbcUrl());
                RunningGateway gateway = gatewayBehind(link, "--headwaiter.gateway.directory-max-age=2s")) {
            Headwaiter.awaitKnown(gateway, RESTAURANT);
            link.cut();

            assertThat(gateway.of(RESTAURANT)
                            .post(RESTAURANT.reservations(), ONE, "Prefer", "respond-async")
                            .status())
                    .isEqualTo(202);
            await().until(() ->
                    gateway.of(RESTAURANT).get(RESTAURANT.clients()).code().equals("directory_stale"));
            assertThat(gateway.of(RESTAURANT)
                            .post(RESTAURANT.reservations(), ONE)
                            .status())
                    .isEqualTo(503);

            link.mend();
            Headwaiter.awaitKnown(gateway, RESTAURANT);
        }
    }

    @Test
    void with_every_connection_of_the_pool_held_readers_are_told_so_in_time_and_bookings_are_taken() throws Exception {
        try (RunningGateway gateway = HEADWAITER.startGateway(
                "--spring.datasource.hikari.maximum-pool-size=3",
                "--spring.datasource.hikari.minimum-idle=0",
                "--spring.datasource.hikari.connection-timeout=500")) {
            Headwaiter.awaitKnown(gateway, RESTAURANT);
            Callers callers = gateway.of(RESTAURANT);
            DataSource pool = gateway.bean(DataSource.class);
            try (Connection first = pool.getConnection();
                    Connection second = pool.getConnection();
                    Connection third = pool.getConnection()) {
                assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
                long start = System.nanoTime();
                List<Reply> replies = atOnce(20, () -> callers.get(RESTAURANT.clients()));

                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
                assertThat(replies).allSatisfy(reply -> {
                    assertThat(reply.code()).isEqualTo("database_unavailable");
                    assertThat(reply.header("Retry-After")).isNotEmpty();
                });
                assertThat(placeAsync(gateway).status()).isEqualTo(202);
                assertThat(callers.post(RESTAURANT.reservations(), ONE, "Prefer", "wait=20")
                                .status())
                        .isIn(201, 409);
            }
            assertThat(callers.get(RESTAURANT.clients()).status()).isEqualTo(200);
        }
    }

    private static List<Reply> atOnce(int count, Supplier<Reply> asking) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return IntStream.range(0, count)
                    .mapToObj(i -> CompletableFuture.supplyAsync(asking, threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
    }

    @Test
    void a_broker_that_falls_silent_is_waited_for(@TempDir Path data) throws Exception {
        LocalBroker broker = LocalBroker.start(new LocalBroker.Settings(data, freePort(), "256m", true));
        try (Admin kafka = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            kafka.createTopics(List.of(
                            new NewTopic(Topics.REQUESTS, Topics.REQUEST_PARTITIONS, (short) 1),
                            new NewTopic(Topics.EVENTS, Topics.EVENT_PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        try (RunningGateway gateway = HEADWAITER.startGateway(
                "--HEADWAITER_KAFKA=" + broker.bootstrapServers(),
                "--headwaiter.gateway.publish-timeout=1s",
                "--headwaiter.gateway.publish-block=1s",
                "--headwaiter.gateway.publish-buffer=20KB",
                "--headwaiter.gateway.broker-silence=900ms")) {
            RunningGateway stopping = HEADWAITER.startGateway("--HEADWAITER_KAFKA=" + broker.bootstrapServers());
            Headwaiter.awaitKnown(stopping, RESTAURANT);
            Headwaiter.awaitKnown(gateway, RESTAURANT);
            await().until(() -> gateway.nobody().get(READINESS).status() == 200);
            assertThat(placeAsync(stopping).status()).isEqualTo(202);
            assertThat(placeAsync(gateway).status()).isEqualTo(202);

            signal("STOP", broker);
            await().until(() -> gateway.nobody().get(READINESS).status() == 503);
            // A gateway that stops meanwhile keeps nobody for as long as a request may take, and cuts nobody off.
            CompletableFuture<Reply> onItsWay = CompletableFuture.supplyAsync(() -> placeAsync(stopping));
            await().until(() -> !isEmpty(stopping));
            long stopAt = System.nanoTime();
            stopping.close();
            assertThat(onItsWay.join().code()).isEqualTo("outcome_unknown");
            assertThat(Duration.ofNanos(System.nanoTime() - stopAt)).isLessThan(Duration.ofSeconds(10));

            // More than the buffer holds: some wait for room in it, the others for the broker.
            long start = System.nanoTime();
            List<Reply> replies = atOnce(60, () -> placeAsync(gateway));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(replies).allSatisfy(reply -> {
                assertThat(reply.status()).isEqualTo(503);
                assertThat(reply.code()).isEqualTo("outcome_unknown");
                assertThat(reply.header("Retry-After")).isNotEmpty();
            });

            signal("CONT", broker);
            await().atMost(LONG).until(() -> gateway.nobody().get(READINESS).status() == 200);
            await().atMost(LONG).until(() -> placeAsync(gateway).status() == 202);
        } finally {
            signal("CONT", broker);
            broker.stop(Duration.ofSeconds(1));
        }
    }

    /** Whether no request is on its way to the broker. */
    private static boolean isEmpty(RunningGateway gateway) {
        try (Producer<?, ?> producer = gateway.bean(ProducerFactory.class).createProducer()) {
            Map<String, Object> bytes = producer.metrics().values().stream()
                    .filter(metric -> metric.metricName().group().equals("producer-metrics"))
                    .filter(metric -> metric.metricName().name().startsWith("buffer-"))
                    .collect(Collectors.toMap(metric -> metric.metricName().name(), Metric::metricValue));
            return Objects.equals(bytes.get("buffer-available-bytes"), bytes.get("buffer-total-bytes"));
        }
    }

    private static void signal(String name, LocalBroker broker) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(broker.pid()))
                .start()
                .waitFor();
    }

    private static Reply placeAsync(RunningGateway gateway) {
        return gateway.of(RESTAURANT).post(RESTAURANT.reservations(), ONE, "Prefer", "respond-async");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void a_changed_rule_is_known_soon_and_one_that_cannot_be_read_harms_nobody_else() {
        Known other = HEADWAITER.add(aRestaurant().withTables(4));
        rename(other, "New name", "Mars/Olympus_Mons");
        rename(RESTAURANT, "New name", "UTC");

        await().until(() -> nameOf(RESTAURANT).equals("New name"));
        assertThat(nameOf(other)).isEqualTo("Restaurant");
        rename(other, "Newer name", "UTC");
        await().until(() -> nameOf(other).equals("Newer name"));
    }

    private void rename(Known which, String name, String timeZone) {
        HEADWAITER
                .jdbc()
                .sql("update restaurants set name = :name, time_zone = :zone where id = :id")
                .param("name", name)
                .param("zone", timeZone)
                .param("id", which.id())
                .update();
    }

    private String nameOf(Known which) {
        return HEADWAITER
                .of(which)
                .get(which.availability("date=" + JANUARY + "-01&guests=2"))
                .at("/data/restaurant/name")
                .stringValue();
    }

    @Test
    void without_a_broker_nothing_is_accepted_and_nothing_piles_up() {
        try (RunningGateway gateway = HEADWAITER.startGateway(
                "--HEADWAITER_KAFKA=127.0.0.1:1",
                "--headwaiter.gateway.publish-block=700ms",
                "--headwaiter.gateway.publish-timeout=1s",
                "--headwaiter.gateway.in-flight-limit=1",
                "--headwaiter.gateway.tail-pause=50ms",
                "--headwaiter.gateway.broker-silence=500ms")) {
            Headwaiter.awaitKnown(gateway, RESTAURANT);
            Callers callers = gateway.of(RESTAURANT);

            Reply reply = callers.post(RESTAURANT.reservations(), ONE);

            assertThat(reply.status()).as(reply.toString()).isEqualTo(503);
            assertThat(reply.code()).isEqualTo("outcome_unknown");
            assertThat(reply.header("Retry-After")).isNotEmpty();
            assertThat(reply.at("/detail").stringValue()).contains("same Idempotency-Key");
            assertThat(callers.get(reply.header("Location"))
                            .at("/data/booking_request/id")
                            .stringValue())
                    .isEqualTo(reply.at("/request_id").stringValue());
            Reply health = gateway.nobody().get(READINESS);
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.text()).isEqualTo("{\"status\":\"OUT_OF_SERVICE\"}");
            assertThat(gateway.nobody().get("/actuator/health/liveness").status())
                    .isEqualTo(200);
            assertThat(callers.get(RESTAURANT.clients()).status()).isEqualTo(200);

            Thread first = Thread.ofVirtual().start(() -> callers.post(RESTAURANT.reservations(), ONE));
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            callers.post(RESTAURANT.reservations(), ONE).code().equals("too_many_requests_in_flight"));
            assertThat(first).isNotNull();
        }
    }
}
