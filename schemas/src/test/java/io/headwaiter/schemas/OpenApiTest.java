package io.headwaiter.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code openapi.yaml} is whole in itself; that the gateway does what it says is the gateway's to test. */
class OpenApiTest {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode api = read();

    @Test
    void every_reference_leads_somewhere_and_to_every_component_leads_one() {
        Set<String> references = new TreeSet<>();
        api.findValues("$ref").forEach(reference -> references.add(reference.asString()));

        assertThat(references).allSatisfy(reference -> assertThat(
                        api.at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
        for (String kind : List.of("parameters", "headers", "schemas", "responses")) {
            for (String name : api.at("/components/" + kind).propertyNames()) {
                assertThat(references).contains("#/components/" + kind + "/" + name);
            }
        }
    }

    @Test
    void operations_have_names_of_their_own() {
        List<String> names =
                api.findValues("operationId").stream().map(JsonNode::asString).toList();

        assertThat(names).isNotEmpty().doesNotHaveDuplicates();
        assertThat(api.path("paths")
                        .valueStream()
                        .flatMap(path -> Stream.of("get", "put", "post", "patch", "delete")
                                .filter(path::has))
                        .count())
                .isEqualTo(names.size());
    }

    @Test
    void every_example_is_as_its_schema_has_it() {
        List<String> wrong = new ArrayList<>();
        int[] examples = {0};
        walk(api, "", (pointer, node) -> {
            JsonNode schema = node.path("schema");
            if (!schema.isObject()) {
                return;
            }
            Stream<JsonNode> named = node.path("examples").valueStream().map(example -> example.path("value"));
            Stream<JsonNode> one = node.has("example") ? Stream.of(node.path("example")) : Stream.of();
            Stream.concat(named, one).forEach(example -> {
                examples[0]++;
                errors(schema, example).forEach(error -> wrong.add(pointer + ": " + error));
            });
        });

        assertThat(wrong).isEmpty();
        assertThat(examples[0]).isGreaterThan(10);
    }

    @Test
    void refusals_are_listed_in_their_order_of_precedence_as_events_list_them() {
        List<String> published = codes(JsonSchemas.text(BookingRejected.TYPE).at("/properties/reason/examples"));
        List<String> refused = codes(
                api.at(
                        "/components/responses/refused/content/application~1problem+json/schema/allOf/1/properties/code/examples"));

        // The last two are no 409.
        assertThat(refused).isNotEmpty().containsAll(published.subList(0, published.size() - 2));
        assertThat(published)
                .containsSubsequence(
                        refused.stream().filter(published::contains).toList());
    }

    private static List<String> codes(JsonNode examples) {
        return examples.valueStream().map(JsonNode::asString).toList();
    }

    private List<String> errors(JsonNode schema, JsonNode example) {
        // References are looked for from the root, where the document has its components.
        ObjectNode root = (ObjectNode) schema.deepCopy();
        root.set("components", api.path("components"));
        Schema readable = REGISTRY.getSchema(root);
        return readable
                .validate(
                        example, execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static void walk(JsonNode node, String pointer, BiConsumer<String, JsonNode> visit) {
        visit.accept(pointer, node);
        node.propertyStream().forEach(member -> walk(member.getValue(), pointer + "/" + member.getKey(), visit));
    }

    private static JsonNode read() {
        try (InputStream yaml = RequestMessage.class.getResourceAsStream("openapi.yaml")) {
            return new YAMLMapper().readTree(Objects.requireNonNull(yaml));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
