package io.headwaiter.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What {@code asyncapi.yaml} says about topics and messages is what the code does. */
class AsyncApiTest {

    private static final Instant NOW = Instant.parse("2026-11-22T18:58:35.461Z");
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);

    private final JsonNode api = AsyncApi.current();
    private final JsonNode resolved = AsyncApi.resolved(api);

    /** The rules are those of the AsyncAPI Initiative, copied to {@code asyncapi}. */
    @Test
    void it_is_what_asyncapi_3_calls_a_document() throws IOException {
        Schema rules;
        try (InputStream json = AsyncApi.class.getResourceAsStream("/asyncapi/3.0.0.json")) {
            rules = REGISTRY.getSchema(new JsonMapper().readTree(Objects.requireNonNull(json)));
        }

        assertThat(rules.validate(resolved)).isEmpty();
        ObjectNode wrong = (ObjectNode) resolved.deepCopy();
        ((ObjectNode) wrong.at("/operations/follow")).put("action", "listen");
        ((ObjectNode) wrong.at("/channels/events")).put("adress", "booking.events");
        assertThat(rules.validate(wrong)).hasSizeGreaterThan(1);
    }

    @Test
    void every_channel_and_message_is_used_and_described() {
        api.get("channels").propertyStream().forEach(channel -> {
            assertThat(channel.getValue().path("description").asString(""))
                    .as(channel.getKey())
                    .isNotEmpty();
            assertThat(api.get("operations").findValues("$ref"))
                    .extracting(JsonNode::asString)
                    .contains("#/channels/" + channel.getKey());
            for (JsonNode message : channel.getValue().path("messages")) {
                assertThat(api.at(message.path("$ref").asString().substring(1) + "/summary")
                                .asString(""))
                        .as("the summary of %s", message)
                        .isNotEmpty();
            }
        });
        api.at("/components/messages").propertyNames().forEach(name -> assertThat(
                        api.get("channels").findValues("$ref"))
                .extracting(JsonNode::asString)
                .contains("#/components/messages/" + name));
    }

    @Test
    void each_message_has_examples_that_are_as_its_headers_and_its_payload_are_to_be() {
        resolved.at("/components/messages").propertyStream().forEach(message -> {
            assertThat(message.getValue().path("examples")).as(message.getKey()).isNotEmpty();
            for (JsonNode example : message.getValue().path("examples")) {
                assertThat(errors(message.getValue().path("headers"), example.path("headers")))
                        .as("headers of %s", message.getKey())
                        .isEmpty();
                if (message.getValue().has("payload")) {
                    assertThat(errors(message.getValue().get("payload"), example.path("payload")))
                            .as("payload of %s", message.getKey())
                            .isEmpty();
                }
            }
        });
    }

    @Test
    void events_and_requests_have_the_headers_that_it_tells() throws UnreadableMessage {
        PlaceBooking asked = new PlaceBooking(1, 7, NOW, 4, null, null, null, null, null, null);
        RequestMessage request = new RequestMessage(RequestId.create(), Fingerprint.of(asked), asked);
        ProducerRecord<?, byte[]> sent = request.toRecord(new RequestKey(1, 12), NOW);
        BookingRejected refused = new BookingRejected(
                request.id().toString(), 1, 7, "closed", new BookingRejected.Asked(NOW, 4, null, null), null);
        TraceParent trace = new TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        ProducerRecord<?, byte[]> said = FrozenEvent.freeze("evt_1", request.fingerprint(), refused, NOW, trace)
                .toRecord(1);

        checkHeaders("bookingPlace", sent);
        checkHeaders("bookingRejected", said);
    }

    private void checkHeaders(String message, ProducerRecord<?, byte[]> record) {
        ObjectNode schema = AsyncApi.merged(resolved, "/components/messages/" + message + "/headers");
        ObjectNode headers = new JsonMapper().createObjectNode();
        record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));

        assertThat(errors(schema, headers)).isEmpty();
        assertThat(schema.get("properties").propertyNames()).containsAll(headers.propertyNames());
    }

    private static List<Error> errors(JsonNode schema, JsonNode value) {
        return REGISTRY.getSchema(schema)
                .validate(
                        value, execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    @Test
    void every_reference_leads_somewhere() {
        List<String> references = new ArrayList<>();
        api.findValues("$ref").forEach(reference -> references.add(reference.asString()));

        assertThat(references).hasSizeGreaterThan(20).allSatisfy(reference -> {
            if (reference.startsWith("#")) {
                assertThat(api.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse();
            } else {
                assertThat(RequestMessage.class.getResource(reference.substring(2)))
                        .as(reference)
                        .isNotNull();
            }
        });
    }

    @Test
    void the_topics_are_those_that_migrate_makes() {
        check("requests", Topics.REQUESTS, Topics.REQUEST_PARTITIONS, Topics.REQUESTS_KEPT);
        check("events", Topics.EVENTS, Topics.EVENT_PARTITIONS, Topics.EVENTS_KEPT);
        check("deadLetters", Topics.DEAD_LETTERS, 1, Topics.DEAD_LETTERS_KEPT);
        assertThat(api.at("/channels/deadLetters/bindings/kafka/topicConfiguration/max.message.bytes")
                        .asInt())
                .isEqualTo(Topics.LARGEST_DEAD_LETTER);
    }

    @Test
    void each_message_has_the_schema_of_its_type() {
        for (String type : JsonSchemas.TYPES) {
            List<JsonNode> messages = new ArrayList<>();
            api.at("/components/messages").forEach(message -> {
                if (message.get("name").asString().equals(type)) {
                    messages.add(message);
                }
            });
            assertThat(messages).as(type).hasSize(1);
            assertThat(messages.getFirst().at("/payload/$ref").asString()).isEqualTo("./json/" + type + ".json");
        }
    }

    private void check(String channel, String topic, int partitions, Duration kept) {
        JsonNode described = api.at("/channels/" + channel);
        assertThat(described.get("address").asString()).isEqualTo(topic);
        assertThat(described.at("/bindings/kafka/topic").asString()).isEqualTo(topic);
        assertThat(described.at("/bindings/kafka/partitions").asInt()).isEqualTo(partitions);
        assertThat(described
                        .at("/bindings/kafka/topicConfiguration/retention.ms")
                        .asLong())
                .isEqualTo(kept.toMillis());
    }
}
