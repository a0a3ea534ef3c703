package io.headwaiter.local.foreignclients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.GatewayApplication;
import io.headwaiter.local.services.Services;
import io.headwaiter.schemas.Topics;
import io.headwaiter.worker.WorkerApplication;
import io.headwaiter.worker.migrating.Migrate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Broker, database, worker and gateway, and one restaurant in which everything has happened that there is an event of. */
final class Installation {

    static final String KEY = "key-with-every-scope-for-this-run";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration START = Duration.ofSeconds(60);

    private final Services services = Services.shared();
    private final String gateway;
    private final long restaurant;

    private Installation() {
        String database = "--spring.datasource.url=" + services.jdbcUrl(services.createDatabase());
        String broker = "--spring.kafka.bootstrap-servers=" + services.bootstrapServers();
        int status = Migrate.run(
                broker,
                database,
                "--spring.datasource.username=" + services.superuser(),
                "--spring.datasource.password=" + services.superuserPassword(),
                "--headwaiter.worker-password=worker-secret",
                "--headwaiter.gateway-password=gateway-secret",
                "--headwaiter.admin-key=" + KEY);
        if (status != 0) {
            throw new IllegalStateException("migrate failed");
        }
        SpringApplication.run(
                WorkerApplication.class,
                broker,
                database,
                "--spring.datasource.username=headwaiter_worker",
                "--spring.datasource.password=worker-secret",
                "--server.port=0");
        ConfigurableApplicationContext context = GatewayApplication.application()
                .run(
                        broker,
                        database,
                        "--spring.datasource.username=headwaiter_gateway",
                        "--spring.datasource.password=gateway-secret",
                        // Webhooks go to this very machine.
                        "--headwaiter.gateway.webhooks-local=true",
                        "--HEADWAITER_TOKEN_SECRET=dGVuIGxpdHRsZSBib29raW5ncywgYWxsIGF0IG9uZSB0YWJsZS4=",
                        "--server.port=0");
        gateway = "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
        restaurant = open();
        everythingThatCanHappen();
    }

    /** One for all tests of this JVM; if it cannot be started, then for none of them. */
    static Installation shared() {
        return Shared.INSTANCE;
    }

    private static final class Shared {

        private static final Installation INSTANCE = started();

        private static Installation started() {
            Npm.begin();
            return new Installation();
        }
    }

    String gateway() {
        return gateway;
    }

    String bootstrapServers() {
        return services.bootstrapServers();
    }

    String restaurantPath() {
        return "/api/restaurants/" + restaurant;
    }

    /** The answer's JSON; fails on any other status. */
    JsonNode call(String method, String path, String json, int status) {
        HttpResponse<String> answer = send(method, path, json);
        if (answer.statusCode() != status) {
            throw new AssertionError(
                    method + " " + path + " " + json + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body().isEmpty() ? "null" : answer.body());
    }

    private HttpResponse<String> send(String method, String path, String json) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create(gateway + path))
                            .header("Authorization", "Bearer " + KEY)
                            .header("Content-Type", "application/json")
                            .header("Prefer", "wait=30")
                            .timeout(Duration.ofSeconds(60))
                            .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private long open() {
        StringBuilder week = new StringBuilder();
        for (int weekday = 1; weekday <= 7; weekday++) {
            week.append(weekday == 1 ? "" : ",")
                    .append("{\"weekday\":%d,\"opens\":\"12:00\",\"closes\":\"23:00\"}".formatted(weekday));
        }
        String document = "{\"name\":\"Zażółć\",\"time_zone\":\"UTC\",\"opening_hours\":[" + week
                + "],\"tables\":[{\"name\":\"1\",\"capacity\":4},{\"name\":\"Große Tafel\",\"capacity\":8}]}";
        await().atMost(START).until(() -> send("GET", "/api/restaurants", "").statusCode() == 200);
        long id = call("POST", "/api/restaurants", document, 201)
                .at("/data/restaurant/id")
                .longValue();
        // A worker joins its group within seconds, and until then nothing is decided.
        await().atMost(START)
                .until(() -> send(
                                        "POST",
                                        "/api/restaurants/" + id + "/reservations",
                                        "{\"date\":\"2001-01-01T12:00Z\",\"guests\":1}")
                                .statusCode()
                        == 409);
        return id;
    }

    private void everythingThatCanHappen() {
        Instant evening = Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .plus(10, ChronoUnit.DAYS)
                .plus(18, ChronoUnit.HOURS);
        String reservations = restaurantPath() + "/reservations";
        String party =
                "{\"date\":\"%s\",\"guests\":4,\"client\":{\"name\":\"Zoë Łącka\",\"email\":\"zoe@example.com\"},"
                        + "\"reference\":\"żółć 🍽\"}";
        String first = reservations + "/" + book(party.formatted(evening));
        call("PATCH", first, "{\"guests\":6}", 200);
        call("PUT", first + "/status", "{\"status\":\"seated\"}", 200);
        call("PATCH", first, "{\"guests\":20}", 409);
        String second = reservations + "/" + book("{\"date\":\"%s\",\"guests\":2}".formatted(evening));
        call("DELETE", second, "", 200);
        long table = call("GET", restaurantPath() + "/tables", "", 200)
                .at("/data/tables/0/id")
                .longValue();
        long block = call(
                        "POST",
                        restaurantPath() + "/blocks",
                        "{\"table_id\":%d,\"from\":\"%s\",\"to\":\"%s\"}"
                                .formatted(table, evening, evening.plus(2, ChronoUnit.HOURS)),
                        201)
                .at("/data/block/id")
                .longValue();
        call("DELETE", restaurantPath() + "/blocks/" + block, "", 200);
    }

    /** The id of a new reservation. */
    long book(String json) {
        return call("POST", restaurantPath() + "/reservations", json, 201)
                .at("/data/reservation/id")
                .longValue();
    }

    /** All that the topic has at this moment, read by our own client. */
    List<ConsumerRecord<byte[], byte[]>> events() {
        List<TopicPartition> partitions = IntStream.range(0, Topics.EVENT_PARTITIONS)
                .mapToObj(partition -> new TopicPartition(Topics.EVENTS, partition))
                .toList();
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers(), "auto.offset.reset", "earliest");
        List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(events::add);
            }
        }
        return events;
    }

    static String header(ConsumerRecord<byte[], byte[]> event, String name) {
        return new String(
                Objects.requireNonNull(event.headers().lastHeader(name), name).value(), UTF_8);
    }
}
