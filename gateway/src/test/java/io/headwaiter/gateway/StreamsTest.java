package io.headwaiter.gateway;

import static io.headwaiter.gateway.testing.Dates.JANUARY;
import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.testing.Announcer;
import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.EventClient;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.House;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import io.headwaiter.gateway.testing.RunningGateway;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.Sha256;
import io.headwaiter.schemas.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A restaurant's events as they happen. */
class StreamsTest {

    private static final String LONG = "--headwaiter.gateway.streams.lifetime=1h";
    private static final String QUICK = "--headwaiter.gateway.streams.heartbeat=100ms";
    private static final String OWN_PORT = "--management.server.port=0";
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final Headwaiter HEADWAITER = Headwaiter.shared();
    private static final RunningGateway GATEWAY = HEADWAITER.startGateway(LONG, QUICK, OWN_PORT);
    private static final RunningGateway OTHER = HEADWAITER.startGateway(LONG, QUICK);
    private static final Announcer ANNOUNCER = new Announcer(HEADWAITER);

    private final Known restaurant = HEADWAITER.add(aRestaurant().withTables(4, 4));
    private final House house = House.of(HEADWAITER, restaurant);
    private final Callers staff = house.callers();

    @AfterAll
    static void stop() {
        ANNOUNCER.close();
        OTHER.close();
        GATEWAY.close();
    }

    private EventClient listen(RunningGateway gateway, String lastId) {
        return listen(gateway, staff.key(), lastId);
    }

    private EventClient listen(RunningGateway gateway, String key, String lastId) {
        Callers callers = gateway.with(key);
        await().until(() -> callers.get(restaurant.reservations()).status() == 200);
        return EventClient.open(callers, restaurant, lastId);
    }

    private Reply ask(RunningGateway gateway, String... headers) {
        return gateway.with(staff.key()).get(restaurant.path() + "/events", headers);
    }

    private static void hears(EventClient client, int count) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> client.heard().size() >= count);
    }

    @Test
    void a_booking_and_what_becomes_of_it_are_heard_in_order_as_the_cloudevents_that_were_published() {
        try (EventClient client = listen(GATEWAY, "")) {
            long id = house.book(JANUARY + "-01T18:00:00Z", 4, restaurant.table(0));
            assertThat(house.patch("/reservations/" + id, "{\"guests\":3}").status())
                    .isEqualTo(200);
            assertThat(house.delete("/reservations/" + id).status()).isEqualTo(200);
            hears(client, 3);

            assertThat(client.types()).containsExactly("booking.confirmed", "booking.moved", "booking.cancelled");
            assertThat(client.heard())
                    .extracting(heard -> heard.data().at("/reservation/version").intValue())
                    .containsExactly(1, 2, 3);
            assertThat(client.heard()).allSatisfy(heard -> assertThat(
                            heard.data().path("restaurant_id").longValue())
                    .isEqualTo(restaurant.id()));
            assertThat(client.heard()).allSatisfy(heard -> {
                FrozenEvent published = published(heard.requestId());
                assertThat(heard.event().properties())
                        .extracting(Map.Entry::getKey)
                        .containsExactly(
                                "specversion",
                                "id",
                                "source",
                                "type",
                                "subject",
                                "time",
                                "dataschema",
                                "datacontenttype",
                                "data");
                for (String attribute :
                        List.of("specversion", "id", "source", "type", "subject", "time", "dataschema")) {
                    assertThat(heard.event().get(attribute).stringValue())
                            .isEqualTo(published.headers().get("ce_" + attribute));
                }
                assertThat(heard.type()).isEqualTo(heard.event().get("type").stringValue());
            });
            assertThat(client.header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(client.header("Cache-Control")).isEqualTo("no-store");
        }
    }

    private FrozenEvent published(String requestId) {
        return HEADWAITER
                .jdbc()
                .sql(
                        "select event_headers, event_data from booking_requests where restaurant_id = :restaurant and id = cast(:id as uuid)")
                .param("restaurant", restaurant.id())
                .param("id", requestId)
                .query((row, number) -> FrozenEvent.thaw(row.getBytes(1), row.getBytes(2)))
                .single();
    }

    @Test
    void who_reconnects_again_and_again_while_events_keep_coming_hears_each_of_them_once() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> published = new ArrayList<>();
        List<String> heard = new ArrayList<>();
        listen(OTHER, "").close();
        String lastId;
        try (EventClient first = listen(GATEWAY, "")) {
            await().until(() -> !first.lastId().isEmpty());
            lastId = first.lastId();
        }
        AtomicBoolean all = new AtomicBoolean();
        CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 60; i++) {
                published.addAll(ANNOUNCER.publish(restaurant.id(), 1 + i));
                ANNOUNCER.publish(Announcer.neighbour(restaurant.id()), 40);
                ANNOUNCER.publish(restaurant.id() + 1, 5);
            }
            all.set(true);
        });
        int connections = 0;
        while (!all.get() || heard.size() < published.size()) {
            int most = 1 + random.nextInt(60);
            RunningGateway gateway = connections % 3 == 0 ? OTHER : GATEWAY;
            try (EventClient client = EventClient.open(gateway.with(staff.key()), restaurant, lastId, most)) {
                await().pollInterval(Duration.ofMillis(2))
                        .atMost(SOON)
                        .until(() -> client.heard().size() >= most
                                || (all.get() && heard.size() + client.heard().size() >= published.size()));
                client.close();
                heard.addAll(client.requestIds());
                lastId = client.lastId();
            }
            connections++;
        }
        publishing.join();

        assertThat(heard).as("seed %d, %d connections", seed, connections).isEqualTo(published);
        assertThat(connections).isGreaterThanOrEqualTo(published.size() / 60);
    }

    @Test
    void many_who_resume_at_once_take_turns_and_hear_all_that_they_missed() {
        try (RunningGateway narrow = HEADWAITER.startGateway(LONG, "--headwaiter.gateway.streams.resuming=1")) {
            String lastId;
            try (EventClient first = listen(narrow, "")) {
                await().until(() -> !first.lastId().isEmpty());
                lastId = first.lastId();
            }
            List<String> missed = ANNOUNCER.publish(restaurant.id(), 1500);
            List<EventClient> clients = IntStream.range(0, 20)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> listen(narrow, lastId)))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();

            assertThat(clients).allSatisfy(client -> {
                hears(client, missed.size());
                client.close();
                assertThat(client.requestIds()).isEqualTo(missed);
            });
        }
    }

    @Test
    void a_partner_hears_of_its_own_bookings_only_and_the_house_of_all() {
        String partner = HEADWAITER.addKey("bookings", restaurant.id());
        Callers booking = HEADWAITER.gateway().with(partner);
        try (EventClient own = listen(GATEWAY, partner, "");
                EventClient all = listen(GATEWAY, "")) {
            house.book(JANUARY + "-02T18:00:00Z", 2, restaurant.table(0));
            house.post(
                    "/blocks",
                    ("{\"table_id\":%d,\"from\":\"" + JANUARY + "-03T10:00:00Z\",\"to\":\"" + JANUARY
                                    + "-03T12:00:00Z\"}")
                            .formatted(restaurant.table(1)));
            Reply theirs = booking.post(
                    restaurant.reservations(),
                    ("{\"date\":\"" + JANUARY + "-02T18:00:00Z\",\"guests\":2,\"table_id\":%d}")
                            .formatted(restaurant.table(1)));
            Reply refused = booking.post(
                    restaurant.reservations(),
                    ("{\"date\":\"" + JANUARY + "-02T18:00:00Z\",\"guests\":2,\"table_id\":%d}")
                            .formatted(restaurant.table(0)));
            assertThat(List.of(theirs.status(), refused.status())).containsExactly(201, 409);
            long id = theirs.at("/data/reservation/id").longValue();
            // What the house does with a partner's booking is the partner's to know.
            assertThat(house.delete("/reservations/" + id).status()).isEqualTo(200);
            hears(all, 5);
            hears(own, 3);

            assertThat(all.types())
                    .containsExactly(
                            "booking.confirmed",
                            "table.blocked",
                            "booking.confirmed",
                            "booking.rejected",
                            "booking.cancelled");
            assertThat(own.types()).containsExactly("booking.confirmed", "booking.rejected", "booking.cancelled");
            assertThat(own.heard()).isEqualTo(all.heard().subList(2, 5));
        }
        try (EventClient resumed = listen(
                OTHER, partner, Announcer.partition(restaurant.id()) + "-" + (firstOffset(restaurant.id()) - 1))) {
            hears(resumed, 3);
            assertThat(resumed.types()).containsExactly("booking.confirmed", "booking.rejected", "booking.cancelled");
        }
    }

    @Test
    void heartbeats_come_and_move_the_last_id_on_past_the_events_of_others() {
        try (EventClient client = listen(GATEWAY, "")) {
            await().until(() -> client.comments().contains("heartbeat"));
            String before = client.lastId();
            ANNOUNCER.publish(Announcer.neighbour(restaurant.id()), 3);
            await().until(() -> !client.lastId().equals(before));

            assertThat(client.heard()).isEmpty();
        }
    }

    @Test
    void who_reads_too_slowly_is_closed_and_resumes_without_a_gap() throws IOException {
        try (RunningGateway strict = HEADWAITER.startGateway(
                LONG, OWN_PORT, "--headwaiter.gateway.streams.backlog=50", "--server.tomcat.connection-timeout=2s")) {
            listen(strict, "").close();
            List<String> published = new ArrayList<>();
            String heard;
            try (Socket slow = new Socket()) {
                slow.setReceiveBufferSize(4096);
                slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), strict.port()));
                slow.getOutputStream()
                        .write(("GET " + restaurant.path()
                                        + "/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + staff.key()
                                        + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                byte[] start = new byte[200];
                assertThat(slow.getInputStream().readNBytes(start, 0, start.length))
                        .isPositive();
                await().atMost(SOON).until(() -> {
                    published.addAll(ANNOUNCER.publish(restaurant.id(), 200, 10_000));
                    return strict.metrics().sum("headwaiter_streams_ended_total", "cause=\"slow\"") == 1;
                });
                await().until(() -> strict.metrics().sum("headwaiter_streams_open") == 0);
                heard = rest(slow);
            }
            List<String> got = Pattern.compile(
                            "id: ([0-9-]+)\nevent: booking.confirmed\ndata: .*\"request_id\":\"(\\w+)\".*\n\n")
                    .matcher(heard)
                    .results()
                    .map((MatchResult event) -> event.group(2))
                    .collect(Collectors.toCollection(ArrayList::new));
            String lastId = Pattern.compile("id: ([0-9-]+)\nevent: booking.confirmed\ndata: .*\n\n")
                    .matcher(heard)
                    .results()
                    .map((MatchResult event) -> event.group(1))
                    .reduce((before, last) -> last)
                    .orElseThrow();
            assertThat(got).hasSizeLessThan(published.size());
            try (EventClient resumed = listen(strict, lastId)) {
                hears(resumed, published.size() - got.size());
                got.addAll(resumed.requestIds());
            }
            assertThat(got).isEqualTo(published);
        }
    }

    private static String rest(Socket socket) {
        StringBuilder all = new StringBuilder();
        byte[] buffer = new byte[100_000];
        try {
            InputStream in = socket.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                all.append(new String(buffer, 0, read, StandardCharsets.US_ASCII));
            }
        } catch (IOException cut) {
            // In the middle of the answer, as it should be.
        }
        // Chunks' lengths, on lines of their own.
        return all.toString().replaceAll("\r\n[0-9a-f]+\r\n", "");
    }

    @Test
    void a_key_that_is_withdrawn_ends_its_stream() {
        String key = HEADWAITER.addKey("bookings", restaurant.id());
        try (EventClient client = listen(GATEWAY, key, "")) {
            await().until(() -> !client.comments().isEmpty());
            assertThat(client.ended()).isFalse();
            HEADWAITER
                    .jdbc()
                    .sql("update api_keys set expires_at = now() where key_hash = :hash")
                    .param("hash", Sha256.of(key.getBytes(StandardCharsets.UTF_8)))
                    .update();

            await().until(client::ended);
            assertThat(GATEWAY.with(key).get(restaurant.path() + "/events").status())
                    .isEqualTo(401);
        }
    }

    @Test
    void a_key_that_loses_the_restaurant_loses_its_stream() {
        String key = HEADWAITER.addKey("bookings", restaurant.id());
        try (EventClient client = listen(GATEWAY, key, "")) {
            HEADWAITER
                    .jdbc()
                    .sql(
                            """
                            delete from api_key_restaurants
                            where api_key_id = (select id from api_keys where key_hash = :hash)
                            """)
                    .param("hash", Sha256.of(key.getBytes(StandardCharsets.UTF_8)))
                    .update();

            await().until(client::ended);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "1",
                "-",
                "1-",
                "-1",
                "01-1",
                "1-01",
                "1--2",
                "1-1 2",
                "12345-1",
                "1-9999999999999999999",
                "{}"
            })
    void what_is_no_id_is_400(String id) {
        Reply reply = ask(HEADWAITER.gateway(), "Last-Event-ID", id);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("last_event_id_invalid");
    }

    @Test
    void two_ids_are_400() {
        Reply reply = ask(HEADWAITER.gateway(), "Last-Event-ID", "1-1", "Last-Event-ID", "1-1");

        assertThat(reply.code()).isEqualTo("last_event_id_invalid");
    }

    @Test
    void the_id_of_another_restaurants_partition_and_one_that_is_still_to_come_are_422() {
        int partition = Announcer.partition(restaurant.id());
        for (String id : List.of(
                (partition + 1) % Topics.EVENT_PARTITIONS + "-0", "9999-0", partition + "-999999999999999999")) {
            Reply reply = ask(HEADWAITER.gateway(), "Last-Event-ID", id);
            assertThat(reply.status()).as(reply.toString()).isEqualTo(422);
            assertThat(reply.code()).isEqualTo("last_event_id_unknown");
        }
    }

    @Test
    void who_would_resume_where_the_topic_keeps_nothing_any_more_is_410() throws Exception {
        String kept;
        try (EventClient client = listen(GATEWAY, "")) {
            ANNOUNCER.publish(restaurant.id(), 3);
            hears(client, 3);
            kept = client.heard().get(1).id();
            long offset = Long.parseLong(kept.substring(kept.indexOf('-') + 1));
            TopicPartition partition = new TopicPartition(Topics.EVENTS, Announcer.partition(restaurant.id()));
            try (Admin kafka = Admin.create(Map.of("bootstrap.servers", HEADWAITER.bootstrapServers()))) {
                kafka.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset + 1)))
                        .all()
                        .get();
            }

            Reply reply = ask(GATEWAY, "Last-Event-ID", client.heard().get(0).id());
            assertThat(reply.status()).as(reply.toString()).isEqualTo(410);
            assertThat(reply.code()).isEqualTo("events_not_kept");
        }
        try (EventClient resumed = listen(GATEWAY, kept)) {
            hears(resumed, 1);
        }
    }

    @Test
    void there_are_only_so_many_streams_and_fewer_of_one_key() {
        try (RunningGateway small = HEADWAITER.startGateway(
                LONG,
                OWN_PORT,
                QUICK,
                "--headwaiter.gateway.streams.limit=2",
                "--headwaiter.gateway.streams.per-key=1")) {
            EventClient first = listen(small, "");
            Reply ofKey = ask(small);
            EventClient second = listen(small, restaurant.key(), "");
            Reply ofAll = ask(small);

            assertThat(ofKey.status()).isEqualTo(429);
            assertThat(ofKey.code()).isEqualTo("too_many_streams_of_key");
            assertThat(ofAll.status()).isEqualTo(503);
            assertThat(ofAll.code()).isEqualTo("too_many_streams");
            assertThat(List.of(ofKey.header("Retry-After"), ofAll.header("Retry-After")))
                    .containsOnly("10");
            assertThat(small.metrics().sum("headwaiter_streams_open")).isEqualTo(2);
            assertThat(small.metrics().sum("headwaiter_turned_away_total", "cause=\"too_many_streams\""))
                    .isEqualTo(1);
            first.close();
            second.close();
            await().until(() -> small.metrics().sum("headwaiter_streams_open") == 0);
            listen(small, "").close();
            assertThat(small.metrics().sum("headwaiter_streams_ended_total", "cause=\"left\""))
                    .isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void a_stream_lasts_only_so_long() {
        try (EventClient client = listen(HEADWAITER.gateway(), "")) {
            await().until(client::ended);
            assertThat(client.lastId()).isNotEmpty();
        }
    }

    @Test
    void a_gateway_that_stops_ends_its_streams_at_once() {
        RunningGateway stopping = HEADWAITER.startGateway(LONG);
        try (EventClient client = listen(stopping, "")) {
            long start = System.nanoTime();
            stopping.close();

            await().until(client::ended);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void a_stream_and_a_poll_at_one_gateway_tell_what_was_asked_at_the_other() {
        try (EventClient client = listen(OTHER, "")) {
            Reply asked = GATEWAY.with(staff.key())
                    .post(
                            restaurant.reservations(),
                            "{\"date\":\"" + JANUARY + "-01T18:00:00Z\",\"guests\":4}",
                            "Prefer",
                            "respond-async");
            await().until(() -> OTHER.with(staff.key())
                    .get(asked.header("Location"))
                    .at("/data/booking_request/status")
                    .stringValue()
                    .equals("confirmed"));
            hears(client, 1);
        }
    }

    @Test
    void a_tail_that_breaks_goes_on_where_it_was_and_no_stream_misses_anything() {
        Set<Thread> others = tails();
        try (RunningGateway gateway = HEADWAITER.startGateway(LONG)) {
            Thread tail = tails().stream()
                    .filter(thread -> !others.contains(thread))
                    .findFirst()
                    .orElseThrow();
            try (EventClient client = listen(gateway, "")) {
                List<String> published = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    tail.interrupt();
                    published.addAll(ANNOUNCER.publish(restaurant.id(), 50));
                }
                hears(client, published.size());

                assertThat(client.requestIds()).isEqualTo(published);
            }
        }
    }

    private static Set<Thread> tails() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("event-tail"))
                .collect(Collectors.toSet());
    }

    @Test
    void while_the_events_cannot_be_read_there_is_no_stream() {
        try (RunningGateway deaf = HEADWAITER.startGateway("--HEADWAITER_KAFKA=127.0.0.1:1")) {
            Headwaiter.awaitKnown(deaf, restaurant);

            Reply reply = ask(deaf);

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.code()).isEqualTo("events_unavailable");
            assertThat(reply.header("Retry-After")).isEqualTo("5");
        }
    }

    @Test
    void who_only_asks_for_the_head_or_does_not_accept_a_stream_gets_none() {
        Callers callers = GATEWAY.with(staff.key());
        EventClient.open(callers, restaurant, "").close();
        Reply head = callers.send("HEAD", restaurant.path() + "/events", BodyPublishers.noBody());
        Reply json = ask(GATEWAY, "Accept", "application/json");

        assertThat(head.status()).isEqualTo(200);
        assertThat(json.code()).isEqualTo("not_acceptable");
        assertThat(json.at("/detail").stringValue()).contains("text/event-stream");
    }

    private static long firstOffset(long restaurantId) {
        TopicPartition partition = new TopicPartition(Topics.EVENTS, Announcer.partition(restaurantId));
        try (Admin kafka = Admin.create(Map.of("bootstrap.servers", HEADWAITER.bootstrapServers()))) {
            return kafka.listOffsets(Map.of(partition, OffsetSpec.earliest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
