package io.headwaiter.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whoever was built on the contracts as they were last released, copied to {@code released}, goes on working: the schemas are held against
 * each other, and the samples against both.
 */
class ReleasedSchemasTest {

    private final JsonNode released = AsyncApi.resolved(AsyncApi.at("/released/asyncapi.yaml"));
    private final JsonNode current = AsyncApi.resolved(AsyncApi.current());

    @Test
    void no_released_schema_is_broken() {
        List<String> breaks = new ArrayList<>();
        for (String type : releasedTypes()) {
            if (JsonSchemas.TYPES.contains(type)) {
                breaks.addAll(CompareSchemas.breaks(type, JsonSchemas.released(type), JsonSchemas.text(type)));
            } else {
                breaks.add(type + ": is gone, so whoever reads or sends it is not heard any more.");
            }
        }

        assertThat(breaks).isEmpty();
    }

    @Test
    void the_samples_of_today_are_valid_for_readers_of_the_release_before() {
        for (String type : releasedTypes()) {
            Schema schema = JsonSchemas.of(JsonSchemas.released(type));
            JsonSchemas.good(type).forEach((name, json) -> assertThat(JsonSchemas.errors(schema, json))
                    .as("%s: %s", type, name)
                    .isEmpty());
        }
    }

    /** Their sums are kept beside them, so that none goes or is made to fit without anybody saying so. */
    @Test
    void no_sample_that_was_ever_committed_is_changed_or_gone() throws IOException {
        Path samples = JsonSchemas.folder("/samples");
        Map<String, String> sums = new LinkedHashMap<>();
        for (String line : Files.readAllLines(samples.resolve("SHA256SUMS"))) {
            sums.put(line.substring(line.indexOf("  ") + 2), line.substring(0, line.indexOf("  ")));
        }

        for (String name : sums.keySet()) {
            assertThat(samples.resolve(name)).exists();
            assertThat(HexFormat.of().formatHex(Sha256.of(Files.readAllBytes(samples.resolve(name)))))
                    .as("the sum of %s, which consumers may have", name)
                    .isEqualTo(sums.get(name));
        }
        try (Stream<Path> files = Files.walk(samples)) {
            assertThat(files.filter(file -> file.toString().endsWith(".json"))
                            .map(file -> samples.relativize(file).toString()))
                    .as("samples with a line in SHA256SUMS (cd samples; sha256sum v*/*.json > SHA256SUMS)")
                    .containsExactlyInAnyOrderElementsOf(sums.keySet());
        }
    }

    @Test
    void every_sample_is_of_a_type() throws IOException {
        try (Stream<Path> samples = Files.list(JsonSchemas.folder("/samples/v1"))) {
            assertThat(samples.map(sample -> sample.getFileName().toString()))
                    .isNotEmpty()
                    .allSatisfy(name ->
                            assertThat(JsonSchemas.TYPES).as(name).anyMatch(type -> name.startsWith(type + "-")));
        }
    }

    @Test
    void no_released_topic_has_another_name_or_another_number_of_partitions() {
        released.get("channels").propertyStream().forEach(channel -> {
            JsonNode now = current.path("channels").path(channel.getKey());
            for (String frozen : List.of("/address", "/bindings/kafka/partitions", "/bindings/kafka/topic")) {
                assertThat(now.at(frozen))
                        .as("%s of %s, which consumers and keys rely on", frozen, channel.getKey())
                        .isEqualTo(channel.getValue().at(frozen));
            }
            assertThat(now.path("messages").propertyNames())
                    .as("messages of %s", channel.getKey())
                    .containsAll(channel.getValue().path("messages").propertyNames());
        });
    }

    @Test
    void no_released_header_key_or_body_is_broken() {
        List<String> breaks = new ArrayList<>();
        released.at("/components/messages").propertyStream().forEach(message -> {
            String at = "/components/messages/" + message.getKey();
            String name = message.getValue().get("name").asString();
            breaks.addAll(CompareSchemas.breaks(
                    "headers of " + name,
                    AsyncApi.merged(released, at + "/headers"),
                    AsyncApi.merged(current, at + "/headers")));
            breaks.addAll(CompareSchemas.breaks(
                    "key of " + name,
                    AsyncApi.merged(released, at + "/bindings/kafka/key"),
                    AsyncApi.merged(current, at + "/bindings/kafka/key")));
            if (message.getValue().at("/payload/type").isString() && !JsonSchemas.TYPES.contains(name)) {
                breaks.addAll(CompareSchemas.breaks(
                        "body of " + name, message.getValue().get("payload"), current.at(at + "/payload")));
            }
        });

        assertThat(breaks).isEmpty();
    }

    @Test
    void a_changed_header_or_key_is_found() {
        ObjectNode changed = (ObjectNode) current.deepCopy();
        ((ObjectNode) changed.at("/components/messages/bookingMoved/headers/allOf/0/properties"))
                .remove("ce_requestid");
        String at = "/components/messages/bookingMoved";
        ((ObjectNode) changed.at(at + "/bindings/kafka/key")).put("pattern", "^.+$");

        assertThat(CompareSchemas.breaks(
                        "headers",
                        AsyncApi.merged(current, at + "/headers"),
                        AsyncApi.merged(changed, at + "/headers")))
                .containsExactly("headers: ce_requestid is gone, so whoever reads or sends it is not heard any more.");
        assertThat(CompareSchemas.breaks(
                        "key",
                        AsyncApi.merged(current, at + "/bindings/kafka/key"),
                        AsyncApi.merged(changed, at + "/bindings/kafka/key")))
                .hasSize(1);
    }

    private static List<String> releasedTypes() {
        try (Stream<Path> schemas = Files.list(JsonSchemas.folder("/released/json"))) {
            List<String> types = schemas.map(schema -> schema.getFileName().toString())
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .sorted()
                    .toList();
            assertThat(types).isNotEmpty();
            return types;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
