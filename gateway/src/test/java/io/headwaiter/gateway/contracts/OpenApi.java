package io.headwaiter.gateway.contracts;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.headwaiter.gateway.testing.RunningGateway;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * {@code openapi.yaml} as a gateway serves it, made stricter in one thing: an object has no members but the described ones. Callers
 * must be ready for more; a gateway that sends more than it describes has forgotten to describe it.
 */
final class OpenApi {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");

    private final JsonNode document;
    private final Map<JsonNode, Schema> schemas = Collections.synchronizedMap(new IdentityHashMap<>());

    private OpenApi(JsonNode document) {
        this.document = document;
    }

    static OpenApi of(RunningGateway gateway) {
        byte[] yaml = gateway.nobody().get("/contracts/openapi.yaml").response().body();
        JsonNode document = new YAMLMapper().readTree(yaml);
        close(document, false);
        return new OpenApi(document);
    }

    private static void close(JsonNode node, boolean part) {
        if (node instanceof ObjectNode object) {
            if (object.path("properties").isObject() && !part && !object.has("additionalProperties")) {
                object.put("unevaluatedProperties", false);
            }
            object.forEachEntry((name, value) -> close(value, false));
        }
        if (node.isArray()) {
            // Those of `allOf` are closed together or not at all.
            node.forEach(element -> close(element, element.has("properties") && !element.has("type")));
        }
    }

    /** In the document's order. */
    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.path("paths").forEachEntry((path, item) -> METHODS.stream()
                .filter(item::has)
                .forEach(method -> operations.add(new Operation(this, path, method, item.path(method)))));
        return operations;
    }

    /** Parameters of the operation and of its path, references resolved. */
    List<JsonNode> parameters(Operation operation) {
        return Stream.of(document.path("paths").path(operation.path()), operation.node())
                .flatMap(node -> node.path("parameters").valueStream())
                .map(this::resolve)
                .toList();
    }

    /** What one of these lists needs; an empty list: nothing, not even a key. */
    List<JsonNode> security(Operation operation) {
        JsonNode security =
                operation.node().has("security") ? operation.node().path("security") : document.path("security");
        return security.valueStream().toList();
    }

    JsonNode resolve(JsonNode node) {
        JsonNode resolved = node;
        while (resolved.has("$ref")) {
            resolved = document.at(resolved.path("$ref").asString().substring(1));
        }
        return resolved;
    }

    /** What the schema finds wrong. */
    List<String> errors(JsonNode schema, String json) {
        return schemas
                .computeIfAbsent(schema, this::readable)
                .validate(
                        json,
                        InputFormat.JSON,
                        execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }

    /** References are looked for from a schema's root, so that gets the document's components. */
    private Schema readable(JsonNode schema) {
        ObjectNode root = (ObjectNode) schema.deepCopy();
        root.set("components", document.path("components"));
        return REGISTRY.getSchema(root);
    }
}
