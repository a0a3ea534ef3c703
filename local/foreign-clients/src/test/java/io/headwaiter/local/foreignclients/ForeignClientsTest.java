package io.headwaiter.local.foreignclients;

import static io.headwaiter.local.foreignclients.Installation.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What others use to read and check what Headwaiter publishes. The two programs that read the topic are the ones of the docs. */
class ForeignClientsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OTHER_SECRET =
            "whsec_" + Base64.getEncoder().encodeToString("nobody signs with this one here!".getBytes(UTF_8));
    private static final JsonMapper JSON = new JsonMapper();

    private final Installation headwaiter = Installation.shared();

    @AfterAll
    static void say_which_ran() {
        System.out.println(Npm.summary());
    }

    @Test
    void the_cloudevents_sdk_over_a_javascript_client_reads_every_event_once_as_the_docs_show_it() throws IOException {
        Npm.assumeInstalled("cloudevents", "kafkajs", "lz4js");
        List<ConsumerRecord<byte[], byte[]>> events = headwaiter.events();
        publishAgain(events.getFirst());
        Files.writeString(
                Npm.folder().resolve("docs.mjs"),
                example("js").replace("localhost:9092", headwaiter.bootstrapServers()));

        try (Program follower = Npm.node("docs.mjs")) {
            // One that comes after the copy shows that the copy was passed over.
            long after = headwaiter.book("{\"date\":\"%s\",\"guests\":1}".formatted(noonInDays(12)));
            List<JsonNode> read = follower.lines(events.size() + 1, PATIENCE).stream()
                    .filter(line -> line.startsWith("{\"id\""))
                    .map(JSON::readTree)
                    .toList();

            assertThat(read)
                    .extracting(event -> event.at("/data/reservation/id").asLong(0))
                    .contains(after);
            assertThat(read).hasSize(events.size() + 1).doesNotHaveDuplicates();
            Map<String, JsonNode> byId = new HashMap<>();
            read.forEach(event -> byId.put(event.get("id").asString(), event));
            for (ConsumerRecord<byte[], byte[]> event : events) {
                JsonNode theirs = Objects.requireNonNull(byId.get(header(event, "ce_id")), header(event, "ce_id"));
                assertThat(theirs.get("data")).isEqualTo(JSON.readTree(event.value()));
                for (String attribute :
                        List.of("type", "source", "subject", "dataschema", "specversion", "requestid", "fingerprint")) {
                    assertThat(theirs.get(attribute).asString()).isEqualTo(header(event, "ce_" + attribute));
                }
                assertThat(Instant.parse(theirs.get("time").asString()))
                        .isEqualTo(Instant.parse(header(event, "ce_time")).truncatedTo(ChronoUnit.MILLIS));
            }
        }
    }

    @Test
    void kcat_shows_every_event_as_the_docs_show_it() throws IOException {
        if (!Npm.isOnThePath("kcat")) {
            Npm.skip("kcat", "it is not on the PATH (Debian has it: apt-get install kcat)");
        }
        String version = Program.start(Npm.folder(), "kcat", "-V").result(PATIENCE);
        Npm.ran("kcat" + version.replaceAll("(?s).*Version (\\S+) .*", " $1"));
        String kcat = example("sh").strip().replace("localhost:9092", headwaiter.bootstrapServers());
        List<ConsumerRecord<byte[], byte[]>> events = headwaiter.events();

        String shown = Program.start(Npm.folder(), "sh", "-c", kcat).result(PATIENCE);

        for (ConsumerRecord<byte[], byte[]> event : events) {
            assertThat(shown).contains(new String(event.value(), UTF_8), "ce_id=" + header(event, "ce_id"));
        }
        assertThat(shown.lines()).hasSize(2 * events.size());
    }

    @Test
    void ajv_finds_every_event_of_a_run_valid_under_the_published_schemas_and_broken_ones_not() throws IOException {
        Npm.assumeInstalled("ajv", "ajv-formats");
        ArrayNode events = JSON.createArrayNode();
        for (ConsumerRecord<byte[], byte[]> event : headwaiter.events()) {
            events.addObject().put("type", header(event, "ce_type")).set("data", JSON.readTree(event.value()));
        }
        Path file = Files.writeString(Npm.folder().resolve("events.json"), events.toString());

        JsonNode result = JSON.readTree(
                Npm.node("validate.mjs", headwaiter.gateway(), file.toString()).result(PATIENCE));

        assertThat(result.get("wrong")).isEmpty();
        assertThat(result.get("letThrough")).isEmpty();
        assertThat(result.get("valid").intValue()).isEqualTo(events.size());
        assertThat(result.get("types"))
                .as("types of events in the run")
                .extracting(JsonNode::asString)
                .containsExactlyInAnyOrderElementsOf(eventTypes());
    }

    @Test
    void the_linters_of_asyncapi_and_openapi_find_nothing_in_the_published_contracts() throws IOException {
        Npm.assumeInstalled("@asyncapi/parser", "@redocly/cli");
        Path folder = Npm.folder().resolve("contracts");
        Files.createDirectories(folder.resolve("schemas"));
        JsonNode asyncapi = new YAMLMapper().readTree(download("asyncapi.yaml", folder));
        download("openapi.yaml", folder);
        for (JsonNode reference : asyncapi.findValues("$ref")) {
            if (reference.asString("").startsWith("./")) {
                download(reference.asString().substring(2), folder);
            }
        }

        JsonNode found = JSON.readTree(Npm.node("lint.mjs", "contracts/asyncapi.yaml", "contracts/openapi.yaml")
                .result(PATIENCE));

        assertThat(found.get("parser")).isEmpty();
        assertThat(found.at("/redocly/asyncapi")).isEmpty();
        assertThat(found.at("/redocly/openapi")).isEmpty();
    }

    /** Of a real event, as it came to a real endpoint. */
    @Test
    void standardwebhooks_and_svix_accept_our_deliveries_and_refuse_what_was_changed_is_late_or_is_anothers()
            throws Exception {
        Npm.assumeInstalled("standardwebhooks", "svix");
        try (Endpoint endpoint = new Endpoint()) {
            JsonNode made = headwaiter.call(
                    "POST",
                    "/api/webhook-endpoints",
                    "{\"url\":\"%s\",\"event_types\":[\"booking.confirmed\"]}".formatted(endpoint.url()),
                    201);
            long booked = headwaiter.book("{\"date\":\"%s\",\"guests\":1}".formatted(noonInDays(30)));
            Endpoint.Delivery delivery = endpoint.next(PATIENCE);
            assertThat(delivery.headers().get("webhook-id")).startsWith("evt_");
            assertVerified(delivery, booked, made.at("/data/secret").asString(), OTHER_SECRET);

            // For a day the old secret and the new one sign.
            String path = "/api/webhook-endpoints/"
                    + made.at("/data/webhook_endpoint/id").longValue();
            JsonNode rotated = headwaiter.call("POST", path + "/secret", "{}", 201);
            long bookedThen = headwaiter.book("{\"date\":\"%s\",\"guests\":1}".formatted(noonInDays(31)));
            Endpoint.Delivery signedTwice = endpoint.next(PATIENCE);
            assertVerified(signedTwice, bookedThen, made.at("/data/secret").asString(), OTHER_SECRET);
            assertVerified(signedTwice, bookedThen, rotated.at("/data/secret").asString(), OTHER_SECRET);
            headwaiter.call("DELETE", path, "", 204);
        }
    }

    private static void assertVerified(Endpoint.Delivery delivery, long booked, String secret, String otherSecret)
            throws IOException {
        Path file = Files.writeString(
                Npm.folder().resolve("delivery.json"),
                JSON.writeValueAsString(Map.of(
                        "secret",
                        secret,
                        "otherSecret",
                        otherSecret,
                        "headers",
                        delivery.headers(),
                        "body",
                        Base64.getEncoder().encodeToString(delivery.body()))));

        JsonNode verdicts =
                JSON.readTree(Npm.node("verify.mjs", file.toString()).result(PATIENCE));

        for (String library : List.of("standardwebhooks", "svix")) {
            JsonNode verdict = verdicts.get(library);
            assertThat(verdict.get("asSent")).as(library).isEqualTo(JSON.readTree(delivery.body()));
            assertThat(verdict.at("/asSent/type").asString()).isEqualTo("booking.confirmed");
            assertThat(verdict.at("/asSent/data/reservation/id").longValue()).isEqualTo(booked);
            assertThat(verdict.at("/changedBytes/tried").intValue()).isEqualTo(delivery.body().length);
            assertThat(verdict.at("/changedBytes/accepted")).isEmpty();
            assertThat(verdict.get("sixMinutesLater").asString()).isEqualTo("refused: Message timestamp too old");
            assertThat(verdict.get("sixMinutesEarlier").asString()).isEqualTo("refused: Message timestamp too new");
            for (String refused : List.of("otherId", "otherTimestamp", "otherSecret")) {
                assertThat(verdict.get(refused).asString())
                        .as("%s, %s", library, refused)
                        .isEqualTo("refused: No matching signature found");
            }
        }
    }

    /** It comes back by itself, and says where it was. */
    @Test
    void eventsource_resumes_the_stream_without_a_gap_or_a_repetition_and_the_cloudevents_sdk_reads_it() {
        Npm.assumeInstalled("eventsource", "cloudevents");
        String url = headwaiter.gateway() + headwaiter.restaurantPath() + "/events";
        try (Program stream = Npm.node("stream.mjs", url, Installation.KEY, "booking.confirmed", "booking.cancelled")) {
            stream.lines(2, PATIENCE);
            List<Long> booked = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                // The first is followed by a loss of the connection, and the others happen during it.
                booked.add(headwaiter.book("{\"date\":\"%s\",\"guests\":1}".formatted(noonInDays(20 + i))));
            }
            stream.awaitLine("\"id\":" + booked.getLast() + ",", PATIENCE);

            List<JsonNode> lines = stream.said().lines().map(JSON::readTree).toList();
            assertThat(lines)
                    .filteredOn(line -> line.has("event"))
                    .extracting(line -> line.at("/event/data/reservation/id").longValue())
                    .containsExactlyElementsOf(booked);
            assertThat(lines)
                    .filteredOn(line -> line.has("event"))
                    .extracting(line -> line.at("/event/id").stringValue())
                    .isSubsetOf(headwaiter.events().stream()
                            .map(event -> header(event, "ce_id"))
                            .toList())
                    .doesNotHaveDuplicates();
            assertThat(lines.getFirst().get("connecting").isNull()).isTrue();
            assertThat(lines)
                    .filteredOn(line -> line.path("connecting").isString())
                    .as("times that it came back and said where it was")
                    .isNotEmpty();
        }
    }

    /** As a worker does that was killed before it noted how far it was: the same bytes. */
    private void publishAgain(ConsumerRecord<byte[], byte[]> event) {
        Map<String, Object> settings = Map.of("bootstrap.servers", headwaiter.bootstrapServers());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.EVENTS, event.partition(), event.key(), event.value(), event.headers()))
                    .get();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Instant noonInDays(int days) {
        return Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .plus(Duration.ofDays(days))
                .plus(Duration.ofHours(12));
    }

    private List<String> eventTypes() {
        JsonNode asyncapi = new YAMLMapper().readTree(body("asyncapi.yaml"));
        List<String> types = new ArrayList<>();
        asyncapi.at("/channels/events/messages")
                .forEach(message ->
                        types.add(asyncapi.at(message.get("$ref").asString().substring(1) + "/name")
                                .asString()));
        return List.copyOf(new TreeSet<>(types));
    }

    private String download(String contract, Path folder) throws IOException {
        String text = body(contract);
        Files.writeString(folder.resolve(contract), text);
        return text;
    }

    private String body(String contract) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(headwaiter.gateway() + "/contracts/" + contract))
                                    .build(),
                            BodyHandlers.ofString(UTF_8))
                    .body();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** The first of this language in the docs. */
    private static String example(String language) throws IOException {
        String page = Files.readString(Path.of("../../docs/consuming-events.md"));
        Matcher example =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(example.find()).as(language).isTrue();
        return example.group(1);
    }
}
