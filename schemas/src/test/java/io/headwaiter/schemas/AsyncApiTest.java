package io.headwaiter.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What {@code asyncapi.yaml} says about topics and messages is what the code does. */
class AsyncApiTest {

    private final JsonNode api = read();

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

    private static JsonNode read() {
        try (InputStream yaml = RequestMessage.class.getResourceAsStream("asyncapi.yaml")) {
            return new YAMLMapper().readTree(Objects.requireNonNull(yaml));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
