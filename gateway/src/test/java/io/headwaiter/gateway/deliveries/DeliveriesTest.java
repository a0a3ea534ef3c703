package io.headwaiter.gateway.deliveries;

import static io.headwaiter.gateway.testing.Dates.JANUARY;
import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.headwaiter.gateway.deliveries.Partner.Endpoint;
import io.headwaiter.gateway.deliveries.Receiver.Received;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Link;
import io.headwaiter.gateway.testing.Reply;
import io.headwaiter.gateway.testing.RunningGateway;
import io.headwaiter.gateway.webhooks.SealSecrets;
import io.headwaiter.schemas.BlockFacts;
import io.headwaiter.schemas.BookingEvent;
import io.headwaiter.schemas.BookingRejected;
import io.headwaiter.schemas.BookingRejected.Asked;
import io.headwaiter.schemas.BookingStatusChanged;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.ReservationFacts;
import io.headwaiter.schemas.TableBlocked;
import io.headwaiter.schemas.TableFacts;
import io.headwaiter.schemas.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** From an event in Kafka to a request at a partner's server, by a gateway that may send to this machine. */
class DeliveriesTest {

    private static final Headwaiter HEADWAITER = Headwaiter.shared();
    private static final Known RESTAURANT = HEADWAITER.add(aRestaurant().withTables(4, 4, 4, 4));
    private static final Authority AUTHORITY = new Authority();
    private static final String[] DELIVERING = {
        "--headwaiter.gateway.deliver-webhooks=true",
        "--headwaiter.gateway.webhooks-local=true",
        "--headwaiter.gateway.webhook-timeout=2s",
        "--spring.ssl.bundle.pem.webhooks.truststore.certificate=" + AUTHORITY.pem()
    };
    private static final RunningGateway GATEWAY = HEADWAITER.startGateway(DELIVERING);
    private static final SealSecrets SEAL = GATEWAY.bean(SealSecrets.class);
    private static final KafkaProducer<byte[], byte[]> EVENTS = new KafkaProducer<>(
            Map.of("bootstrap.servers", HEADWAITER.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());

    private final Partner partner = Partner.of(HEADWAITER.addKey("bookings", RESTAURANT.id()), HEADWAITER, SEAL);

    @AfterAll
    static void stop() {
        GATEWAY.close();
        EVENTS.close();
    }

    // ── What happens ────────────────────────────────────────────────────────────────────────────────────

    private static FrozenEvent frozen(String id, BookingEvent event) {
        return FrozenEvent.freeze(id, Fingerprint.of(new byte[16]), event, Instant.now(), null);
    }

    private static void publish(FrozenEvent event, long restaurantId) {
        EVENTS.send(event.toRecord(restaurantId));
        EVENTS.flush();
    }

    /** A request of this partner is refused. @return the event's id */
    private String refusal() {
        return refusal(partner, RESTAURANT.id());
    }

    private static String refusal(Partner partner, long restaurantId) {
        String id = UUID.randomUUID().toString();
        publish(
                frozen(
                        id,
                        new BookingRejected(
                                id,
                                restaurantId,
                                partner.id(),
                                "closed",
                                new Asked(Instant.now(), 2, null, "Tisch für 2"),
                                null)),
                restaurantId);
        return id;
    }

    /** Somebody's booking, changed by somebody else. */
    private static String change(Partner who, Partner owner) {
        String id = UUID.randomUUID().toString();
        publish(
                frozen(
                        id,
                        new BookingStatusChanged(
                                id,
                                RESTAURANT.id(),
                                who.id(),
                                new ReservationFacts(
                                        1,
                                        Instant.now(),
                                        Instant.now(),
                                        2,
                                        RESTAURANT.table(0),
                                        null,
                                        "seated",
                                        2,
                                        owner.id(),
                                        null),
                                new TableFacts(RESTAURANT.table(0), "T1", 4),
                                "confirmed")),
                RESTAURANT.id());
        return id;
    }

    private static String block(Partner who) {
        String id = UUID.randomUUID().toString();
        publish(
                frozen(
                        id,
                        new TableBlocked(
                                id,
                                RESTAURANT.id(),
                                who.id(),
                                new BlockFacts(1, RESTAURANT.table(0), Instant.now(), Instant.now()))),
                RESTAURANT.id());
        return id;
    }

    private static void verify(Received received, byte[] secret) throws Exception {
        new Webhook(secret).verify(received.body(), received.headers());
    }

    // ── What comes of it ────────────────────────────────────────────────────────────────────────────────

    @Test
    void a_booking_comes_to_its_partners_endpoint_as_it_was_published_and_signed() throws Exception {
        try (Receiver receiver = Receiver.thatAnswers(204)) {
            Partner partner = Partner.of(RESTAURANT.key(), HEADWAITER, SEAL);
            Endpoint endpoint = partner.endpoint(receiver.url("/hooks?from=headwaiter"));

            Reply booked = HEADWAITER
                    .of(RESTAURANT)
                    .post(RESTAURANT.reservations(), "{\"date\":\"" + JANUARY + "-01T18:00Z\",\"guests\":4}");

            assertThat(booked.status()).isEqualTo(201);
            await().until(() -> endpoint.column("status").equals(List.of("delivered")));
            Received received = receiver.received().getFirst();
            assertThat(received.path()).isEqualTo("/hooks?from=headwaiter");
            assertThat(received.header("content-type")).startsWith("application/json");
            assertThat(received.json().at("/type").stringValue()).isEqualTo("booking.confirmed");
            assertThat(received.json().at("/data/reservation/id").longValue())
                    .isEqualTo(booked.at("/data/reservation/id").longValue());
            FrozenEvent published = HEADWAITER
                    .jdbc()
                    .sql(
                            "select event_headers, event_data from booking_requests where restaurant_id = :restaurant and reservation_id = :reservation")
                    .param("restaurant", RESTAURANT.id())
                    .param("reservation", booked.at("/data/reservation/id").longValue())
                    .query((row, number) -> FrozenEvent.thaw(row.getBytes(1), row.getBytes(2)))
                    .single();
            assertThat(received.id()).isEqualTo(published.headers().get("ce_id"));
            assertThat(Instant.parse(received.json().at("/timestamp").stringValue()))
                    .isEqualTo(published.decidedAt());
            assertThat(received.body()).endsWith(new String(published.data(), StandardCharsets.UTF_8) + "}");
            verify(received, Endpoint.SECRET);
            assertThatThrownBy(() ->
                            verify(received, "another secret of the same length".getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(WebhookVerificationException.class);
            Map<String, @Nullable Object> row = endpoint.deliveries().getFirst();
            assertThat(row).containsEntry("response_status", 204).containsEntry("attempts", 1);
            assertThat(row.get("next_attempt_at")).isNull();
            assertThat(row.get("failure")).isNull();
            endpoint.with("disabled_at = now(), disabled_reason = 'by_partner'");
        }
    }

    @Test
    void a_server_that_proves_who_it_is_gets_the_event_by_tls_and_an_impostor_does_not() throws Exception {
        try (Receiver server = new Receiver(Receiver.status(204), AUTHORITY.server("localhost"));
                Receiver impostor = new Receiver(Receiver.status(204), Authority.impostor("localhost"))) {
            Endpoint endpoint = partner.endpoint(server.url("/"));
            Endpoint deceived = partner.endpoint(impostor.url("/"));
            String id = refusal();

            await().until(() -> endpoint.column("status").equals(List.of("delivered")));
            Received received = server.received().getFirst();
            assertThat(received.id()).isEqualTo(id);
            verify(received, Endpoint.SECRET);
            await().until(() -> deceived.column("attempts").equals(List.of(1)));
            assertThat(deceived.column("failure").getFirst()).asString().startsWith("no secure connection: ");
            assertThat(impostor.received()).isEmpty();
            deceived.with("disabled_at = now(), disabled_reason = 'by_partner'");
        }
    }

    @Test
    void an_event_goes_to_those_endpoints_that_want_it_and_may_have_it() {
        Known elsewhere = HEADWAITER.add(aRestaurant().withTables(4));
        Partner other = Partner.of(HEADWAITER.addKey("bookings", RESTAURANT.id()), HEADWAITER, SEAL);
        Partner stranger = Partner.of(elsewhere.key(), HEADWAITER, SEAL);
        Partner everywhere = Partner.of(HEADWAITER.addKey("platform"), HEADWAITER, SEAL);
        try (Receiver receiver = Receiver.thatAnswers(204)) {
            String url = receiver.url("/");
            Endpoint own = partner.endpoint(url);
            Endpoint another = partner.endpoint(url);
            Endpoint typed = partner.endpoint(url).with("event_types = '{booking.rejected,table.blocked}'");
            Endpoint placed = partner.endpoint(url).ofRestaurant(RESTAURANT.id());
            Endpoint placedElsewhere = partner.endpoint(url).ofRestaurant(elsewhere.id());
            Endpoint disabled = partner.endpoint(url).with("disabled_at = now(), disabled_reason = 'by_partner'");
            Endpoint younger = partner.endpoint(url).with("created_at = now() + interval '1 hour'");
            Endpoint others = other.endpoint(url);
            Endpoint house = other.endpoint(url).with("every_booking = true");
            Endpoint strange = stranger.endpoint(url).with("every_booking = true");
            Endpoint all = everywhere.endpoint(url).with("every_booking = true").ofRestaurant(RESTAURANT.id());

            String refused = refusal(partner, RESTAURANT.id());
            String changed = change(other, partner);
            String blocked = block(partner);
            String last = refusal(other, RESTAURANT.id());

            await().until(() ->
                    house.deliveries().size() == 4 && others.deliveries().size() == 1);
            assertThat(own.column("event_id")).containsExactlyInAnyOrder(refused, changed);
            assertThat(another.column("event_id")).containsExactlyInAnyOrder(refused, changed);
            assertThat(typed.column("event_id")).containsExactly(refused);
            assertThat(placed.column("event_id")).containsExactlyInAnyOrder(refused, changed);
            // Who changed somebody else's booking may see it by another key, and not by each of the partner's.
            assertThat(others.column("event_id")).containsExactly(last);
            assertThat(house.column("event_id")).containsExactlyInAnyOrder(refused, changed, blocked, last);
            assertThat(all.column("event_id")).containsExactlyInAnyOrder(refused, changed, blocked, last);
            for (Endpoint none : List.of(placedElsewhere, disabled, younger, strange)) {
                assertThat(none.deliveries()).isEmpty();
            }

            HEADWAITER
                    .jdbc()
                    .sql("update api_keys set expires_at = now() where partner_id = :partner")
                    .param("partner", partner.id())
                    .update();
            String afterwards = refusal(partner, RESTAURANT.id());
            await().until(() -> house.column("event_id").contains(afterwards));
            assertThat(own.column("event_id")).doesNotContain(afterwards);
        }
    }

    @Test
    void an_event_that_comes_again_is_delivered_once_and_what_is_none_is_passed_over() {
        try (Receiver receiver = Receiver.thatAnswers(200)) {
            Endpoint endpoint = partner.endpoint(receiver.url("/"));
            String id = UUID.randomUUID().toString();
            FrozenEvent event = frozen(
                    id,
                    new BookingRejected(
                            id,
                            RESTAURANT.id(),
                            partner.id(),
                            "closed",
                            new Asked(Instant.now(), 2, null, null),
                            null));

            publish(event, RESTAURANT.id());
            byte[] key = Long.toString(RESTAURANT.id()).getBytes(StandardCharsets.UTF_8);
            EVENTS.send(new ProducerRecord<>(Topics.EVENTS, key, "no event".getBytes(StandardCharsets.UTF_8)));
            EVENTS.send(new ProducerRecord<>(Topics.EVENTS, key, null));
            for (String data :
                    List.of("{", "null", "{}", "{\"request_id\":\"1\",\"restaurant_id\":1,\"partner_id\":1}")) {
                ProducerRecord<byte[], byte[]> typed =
                        new ProducerRecord<>(Topics.EVENTS, key, data.getBytes(StandardCharsets.UTF_8));
                typed.headers()
                        .add("ce_type", "booking.confirmed".getBytes(StandardCharsets.UTF_8))
                        .add("ce_id", id.getBytes(StandardCharsets.UTF_8))
                        .add("ce_time", "2026-12-30T09:00:00Z".getBytes(StandardCharsets.UTF_8));
                EVENTS.send(typed);
            }
            ProducerRecord<byte[], byte[]> nameless = event.toRecord(RESTAURANT.id());
            nameless.headers().remove("ce_id").add("ce_id", "one.\0".getBytes(StandardCharsets.UTF_8));
            EVENTS.send(nameless);
            ProducerRecord<byte[], byte[]> timeless = event.toRecord(RESTAURANT.id());
            timeless.headers().remove("ce_time");
            EVENTS.send(timeless);
            await().until(() -> endpoint.column("status").equals(List.of("delivered")));
            publish(event, RESTAURANT.id());
            String last = refusal();

            await().until(() -> endpoint.column("status").equals(List.of("delivered", "delivered")));
            assertThat(receiver.received()).extracting(Received::id).containsExactly(id, last);
        }
    }

    @Test
    void while_a_secret_is_rotated_both_sign() {
        byte[] before = "the secret that was there before".getBytes(StandardCharsets.UTF_8);
        try (Receiver receiver = Receiver.thatAnswers(200)) {
            Endpoint endpoint = partner.endpoint(receiver.url("/"))
                    .withSecrets(SEAL.seal(Endpoint.SECRET), SEAL.seal(before), "now() + interval '1 minute'");
            refusal();
            await().until(() -> receiver.received().size() == 1);
            Received both = receiver.received().getFirst();
            endpoint.withSecrets(SEAL.seal(Endpoint.SECRET), SEAL.seal(before), "now()");
            refusal();
            await().until(() -> receiver.received().size() == 2);
            Received one = receiver.received().getLast();

            assertThat(both.header("webhook-signature").split(" ")).hasSize(2).allMatch(each -> each.startsWith("v1,"));
            assertThatNothingIsThrown(() -> verify(both, Endpoint.SECRET));
            assertThatNothingIsThrown(() -> verify(both, before));
            assertThatNothingIsThrown(() -> verify(one, Endpoint.SECRET));
            assertThatThrownBy(() -> verify(one, before)).isInstanceOf(WebhookVerificationException.class);
        }
    }

    private static void hold(CountDownLatch hold) {
        try {
            hold.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Check {
        void run() throws Exception;
    }

    private static void assertThatNothingIsThrown(Check check) {
        org.assertj.core.api.Assertions.assertThatCode(check::run).doesNotThrowAnyException();
    }

    @Test
    void what_failed_is_tried_again_under_the_same_id_and_after_ten_times_no_more() {
        try (Receiver receiver = new Receiver(Receiver.text(500, "Out of\0 order"))) {
            Endpoint endpoint = partner.endpoint(receiver.url("/"));
            String id = refusal();
            await().until(() -> endpoint.column("attempts").equals(List.of(1)));
            Map<String, @Nullable Object> failed = endpoint.deliveries().getFirst();
            assertThat(failed)
                    .containsEntry("status", "pending")
                    .containsEntry("response_status", 500)
                    .containsEntry("response_body", "Out of order");
            assertThat(endpoint.pause()).isBetween(4.4, 5.6);
            assertThat(endpoint.row().get("failing_since")).isNotNull();

            receiver.answers(Receiver.status(503));
            endpoint.jdbc()
                    .sql("update webhook_deliveries set attempts = 9 where endpoint_id = " + endpoint.id())
                    .update();
            endpoint.becomesDue();
            await().until(() -> endpoint.column("status").equals(List.of("failed")));
            assertThat(endpoint.deliveries().getFirst()).containsEntry("attempts", 10);

            receiver.answers(Receiver.status(200));
            endpoint.jdbc()
                    .sql(
                            "update webhook_deliveries set status = 'pending', attempts = 0, next_attempt_at = now() where endpoint_id = "
                                    + endpoint.id())
                    .update();
            await().until(() -> endpoint.column("status").equals(List.of("delivered")));
            assertThat(receiver.received()).hasSize(3).allSatisfy(each -> {
                assertThat(each.id()).isEqualTo(id);
                assertThat(each.body()).isEqualTo(receiver.received().getFirst().body());
                verify(each, Endpoint.SECRET);
            });
            assertThat(endpoint.row().get("failing_since")).isNull();
        }
    }

    @Test
    void an_endpoint_is_left_alone_as_long_as_it_asks() {
        try (Receiver receiver = new Receiver(exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "3600");
            exchange.sendResponseHeaders(429, -1);
        })) {
            Endpoint endpoint = partner.endpoint(receiver.url("/"));
            refusal();
            await().until(() -> endpoint.column("attempts").equals(List.of(1)));

            assertThat(endpoint.pause()).isBetween(3599.0, 3601.0);
            assertThat(endpoint.row()).containsEntry("paused", true);
            refusal();
            await().until(() -> endpoint.deliveries().size() == 2);
            endpoint.with("paused_until = now()");
            await().until(() -> endpoint.column("attempts").equals(List.of(1, 1)));
        }
    }

    @Test
    void a_redirect_is_a_failure_and_nobody_is_asked_where_it_leads() {
        try (Receiver target = Receiver.thatAnswers(200);
                Receiver receiver = new Receiver(exchange -> {
                    exchange.getResponseHeaders().add("Location", target.url("/"));
                    exchange.getResponseHeaders().add("Set-Cookie", "a=b");
                    exchange.sendResponseHeaders(307, -1);
                })) {
            Endpoint endpoint = partner.endpoint(receiver.url("/"));
            refusal();
            await().until(() -> endpoint.column("response_status").equals(List.of(307)));
            receiver.answers(Receiver.status(200));
            endpoint.becomesDue();
            await().until(() -> endpoint.column("status").equals(List.of("delivered")));

            assertThat(target.received()).isEmpty();
            assertThat(receiver.received().getLast().headers()).doesNotContainKey("Cookie");
        }
    }

    @Test
    void who_answers_that_it_is_gone_is_disabled_and_its_partners_other_endpoints_are_told() throws Exception {
        try (Receiver gone = Receiver.thatAnswers(410);
                Receiver receiver = Receiver.thatAnswers(200)) {
            Endpoint endpoint = partner.endpoint(gone.url("/")).with("event_types = '{booking.rejected}'");
            Endpoint other = partner.endpoint(receiver.url("/")).with("event_types = '{booking.moved}'");
            Endpoint alsoDisabled =
                    partner.endpoint(receiver.url("/")).with("disabled_at = now(), disabled_reason = 'by_partner'");
            refusal();

            await().until(() -> receiver.received().size() == 1);
            assertThat(endpoint.row()).containsEntry("disabled_reason", "gone");
            Received told = receiver.received().getFirst();
            verify(told, other.id() > 0 ? Endpoint.SECRET : new byte[1]);
            assertThat(told.json().at("/type").stringValue()).isEqualTo("webhook.disabled");
            assertThat(Instant.parse(told.json().at("/timestamp").stringValue()))
                    .isBeforeOrEqualTo(Instant.now().plusSeconds(60));
            assertThat(told.json().at("/data/webhook_endpoint_id").longValue()).isEqualTo(endpoint.id());
            assertThat(told.json().at("/data/reason").stringValue()).isEqualTo("gone");
            assertThat(alsoDisabled.deliveries()).isEmpty();
            assertThat(endpoint.column("status")).containsExactly("pending");
        }
    }

    @Test
    void who_did_nothing_but_fail_for_five_days_is_disabled_and_who_succeeded_once_is_not() {
        try (Receiver receiver = Receiver.thatAnswers(500)) {
            Endpoint failing = partner.endpoint(receiver.url("/failing"))
                    .with("failing_since = now() - interval '120 hours', failures_in_row = 3");
            Endpoint lately = partner.endpoint(receiver.url("/lately"))
                    .with("failing_since = now() - interval '119 hours', failures_in_row = 0");
            refusal();
            await().until(() -> lately.column("attempts").contains(1)
                    && failing.column("attempts").equals(List.of(1)));
            assertThat(failing.row())
                    .containsEntry("disabled_reason", "failing")
                    .containsEntry("version", 2L);
            assertThat(lately.row().get("disabled_at")).isNull();

            receiver.answers(Receiver.status(200));
            lately.becomesDue();
            await().until(() -> lately.column("status").contains("delivered"));
            assertThat(lately.row().get("failing_since")).isNull();
        }
    }

    @Test
    void who_fails_five_times_in_a_row_is_tried_with_one_delivery_at_a_time_until_one_succeeds() {
        try (Receiver receiver = Receiver.thatAnswers(500)) {
            Endpoint endpoint = partner.endpoint(receiver.url("/")).with("failing_since = now(), failures_in_row = 3");
            IntStream.range(0, 10).forEach(i -> refusal());
            await().until(() -> Boolean.TRUE.equals(endpoint.row().get("paused")));
            await().until(() -> endpoint.deliveries().size() == 10);
            int tried = receiver.received().size();
            // Those that were under way already when the fifth failed, and no more.
            assertThat(tried).isBetween(2, 5);

            CountDownLatch hold = new CountDownLatch(1);
            receiver.answers(exchange -> {
                hold(hold);
                exchange.sendResponseHeaders(200, -1);
            });
            endpoint.with("paused_until = now()");
            await().until(() -> receiver.received().size() > tried);
            assertThat(receiver.received()).hasSize(tried + 1);
            hold.countDown();
            endpoint.becomesDue();
            await().until(() -> endpoint.column("status").stream().allMatch("delivered"::equals));
            assertThat(endpoint.row()).containsEntry("failures_in_row", 0);
        }
    }

    @Test
    void slow_and_dead_endpoints_delay_no_other() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        try (Receiver healthy = Receiver.thatAnswers(200);
                Receiver slow = new Receiver(exchange -> {
                    hold(hold);
                });
                ServerSocket dead = new ServerSocket(0, 1)) {
            for (int i = 0; i < 20; i++) {
                partner.endpoint(slow.url("/" + i));
                partner.endpoint("http://localhost:" + dead.getLocalPort() + "/" + i);
            }
            Endpoint closed = partner.endpoint("http://localhost:1/");
            Endpoint nowhere = partner.endpoint("http://nowhere.invalid/");
            Endpoint endpoint = partner.endpoint(healthy.url("/"));
            List<String> ids = IntStream.range(0, 20).mapToObj(i -> refusal()).toList();

            await().until(() -> healthy.received().size() == 20);
            // All the others are where they were: nothing of theirs had to end for that.
            assertThat(endpoint.column("event_id")).containsExactlyInAnyOrderElementsOf(List.copyOf(ids));
            await().until(() -> closed.column("failure").contains("the connection was refused"));
            await().until(() -> nowhere.column("failure").contains("its host has no address"));
            await().until(() -> slow.received().size() >= 80);
            assertThat(slow.received().stream().filter(each -> each.path().equals("/0")))
                    .hasSize(DeliverToEndpoint.AT_ONCE);
        } finally {
            hold.countDown();
            partner.jdbc()
                    .sql("delete from webhook_endpoints where partner_id = :partner")
                    .param("partner", partner.id())
                    .update();
        }
    }

    @Test
    void of_an_endless_answer_the_beginning_is_kept_and_one_that_trickles_in_is_cut_off() {
        try (Receiver endless = new Receiver(exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    try (OutputStream body = exchange.getResponseBody()) {
                        while (true) {
                            body.write("again and ".repeat(1000).getBytes(StandardCharsets.UTF_8));
                        }
                    }
                });
                Receiver large = new Receiver(exchange -> {
                    exchange.sendResponseHeaders(202, 50_000_000);
                    exchange.getResponseBody().write(new byte[100_000]);
                });
                Receiver headers = new Receiver(exchange -> {
                    for (int i = 0; i < 1000; i++) {
                        exchange.getResponseHeaders().add("X-" + i, "x".repeat(100));
                    }
                    exchange.sendResponseHeaders(200, -1);
                });
                Receiver packed = new Receiver(exchange -> {
                    exchange.getResponseHeaders().add("Content-Encoding", "gzip");
                    Receiver.text(200, "not unpacked").answer(exchange);
                });
                Receiver trickling = new Receiver(exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    try (OutputStream body = exchange.getResponseBody()) {
                        while (!Thread.currentThread().isInterrupted()) {
                            body.write('x');
                            body.flush();
                            Thread.sleep(100);
                        }
                    } catch (InterruptedException stopping) {
                        Thread.currentThread().interrupt();
                    }
                })) {
            Endpoint ofEndless = partner.endpoint(endless.url("/"));
            Endpoint ofLarge = partner.endpoint(large.url("/"));
            Endpoint ofHeaders = partner.endpoint(headers.url("/"));
            Endpoint ofPacked = partner.endpoint(packed.url("/"));
            Endpoint ofTrickling = partner.endpoint(trickling.url("/"));
            refusal();

            await().until(() -> ofEndless.column("status").equals(List.of("delivered"))
                    && ofLarge.column("status").equals(List.of("delivered"))
                    && ofPacked.column("status").equals(List.of("delivered"))
                    && ofHeaders.column("attempts").equals(List.of(1))
                    && ofTrickling.column("attempts").equals(List.of(1)));
            assertThat((String) ofEndless.column("response_body").getFirst())
                    .hasSize(SendWebhook.READ)
                    .startsWith("again and ");
            assertThat(ofLarge.column("response_body")).containsExactly("");
            assertThat(ofPacked.column("response_body")).containsExactly("not unpacked");
            assertThat(ofHeaders.column("failure")).containsExactly("the answer's header is too large");
            assertThat(ofTrickling.column("failure")).containsExactly("no answer within 2 s");
        }
    }

    @Test
    void what_a_gateway_left_that_died_another_takes_over() {
        try (Receiver receiver = Receiver.thatAnswers(200)) {
            Endpoint endpoint = partner.endpoint(receiver.url("/"));
            // As it is in the database when a gateway was killed in the middle of an attempt.
            partner.jdbc()
                    .sql(
                            """
                            insert into scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat, version)
                            values ('deliver-to-endpoint', :endpoint, now(), true, 'one that died', now() - interval '1 minute', 2)
                            """)
                    .param("endpoint", Long.toString(endpoint.id()))
                    .update();
            String id = refusal();

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> endpoint.column("status").equals(List.of("delivered")));
            assertThat(receiver.received()).extracting(Received::id).containsExactly(id);
        }
    }

    @Test
    void what_a_gateway_that_stops_has_not_heard_of_is_sent_again_under_the_same_id() {
        Scheduler other = GATEWAY.bean(Scheduler.class);
        CountDownLatch hold = new CountDownLatch(1);
        try (Receiver receiver = new Receiver(exchange -> hold(hold))) {
            Endpoint endpoint = partner.endpoint(receiver.url("/"));
            other.pause();
            String id;
            try (RunningGateway stopping =
                    HEADWAITER.startGateway(DELIVERING[0], DELIVERING[1], "--headwaiter.gateway.webhook-timeout=60s")) {
                id = refusal();
                await().until(() -> receiver.received().size() == 1);
                assertThat(stopping.bean(RunDeliveries.class).isRunning()).isTrue();
            }
            assertThat(endpoint.deliveries().getFirst())
                    .containsEntry("status", "pending")
                    .containsEntry("attempts", 0);
            receiver.answers(Receiver.status(200));
            other.resume();

            await().until(() -> endpoint.column("status").equals(List.of("delivered")));
            assertThat(receiver.received()).extracting(Received::id).containsExactly(id, id);
        } finally {
            hold.countDown();
            other.resume();
        }
    }

    @Test
    void events_that_come_while_the_database_is_away_are_delivered_when_it_is_back() throws IOException {
        // With this gateway alone in its group there is nobody else to do so.
        try (Receiver receiver = Receiver.thatAnswers(200);
                Link link = Link.to(HEADWAITER.jdbcUrl())) {
            Endpoint endpoint = partner.endpoint(receiver.url("/"));
            try (RunningGateway gateway = HEADWAITER.startGateway(
                    DELIVERING[0], DELIVERING[1], "--HEADWAITER_DATABASE_URL=" + link.through(HEADWAITER.jdbcUrl()))) {
                await().until(() -> gateway.bean(RunDeliveries.class).isRunning());
                link.cut();
                List<String> ids =
                        IntStream.range(0, 12).mapToObj(i -> refusal()).toList();
                link.mend();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> endpoint.column("status").stream()
                                        .filter("delivered"::equals)
                                        .count()
                                == 12);
                assertThat(receiver.received()).extracting(Received::id).containsExactlyInAnyOrderElementsOf(ids);
            }
        }
    }

    @Test
    void an_endpoint_whose_secret_cannot_be_read_any_more_is_told_so_and_a_new_one_signs_at_once() {
        try (Receiver receiver = Receiver.thatAnswers(204)) {
            byte[] lost = "sealed under another token secret".getBytes(StandardCharsets.UTF_8);
            Endpoint endpoint = partner.endpoint(receiver.url("/")).withSecrets(lost, lost, "now() + interval '1 day'");

            refusal();

            await().until(() ->
                    endpoint.column("failure").equals(List.of("its secret cannot be read any more: rotate it")));
            assertThat(receiver.received()).isEmpty();
            endpoint.withSecrets(SEAL.seal(Endpoint.SECRET), lost, "now() + interval '1 day'")
                    .becomesDue();
            await().until(() -> endpoint.column("status").equals(List.of("delivered")));
            assertThat(receiver.received().getFirst().header("webhook-signature"))
                    .doesNotContain(" ");
        }
    }

    @Test
    void deliveries_are_forgotten_when_their_events_are_long_gone() {
        Endpoint endpoint = partner.endpoint("http://localhost:1/")
                .with("paused_until = now() + interval '1 day', failing_since = now()");
        String id = refusal();
        String old = refusal();
        await().until(() -> endpoint.deliveries().size() == 2);
        partner.jdbc()
                .sql("update webhook_deliveries set created_at = now() - interval '1441 hours' where event_id = :id")
                .param("id", old)
                .update();

        // Or the gateway itself did, a moment ago.
        GATEWAY.bean(ForgetDeliveries.class).forget();

        assertThat(endpoint.column("event_id")).containsExactly(id);
    }
}
