package io.headwaiter.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code asyncapi.yaml}, as it is and as it was. */
final class AsyncApi {

    private static final String OWN = "#/components/schemas/";
    private static final String FILES = "./json/";

    private AsyncApi() {}

    static JsonNode current() {
        return at("/io/headwaiter/schemas/asyncapi.yaml");
    }

    static JsonNode at(String resource) {
        try (InputStream yaml = AsyncApi.class.getResourceAsStream(resource)) {
            return new YAMLMapper().readTree(Objects.requireNonNull(yaml, resource));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** With the schemas that it refers to in the places where it does. */
    static JsonNode resolved(JsonNode document) {
        return resolved(document, document.at("/components/schemas"));
    }

    private static JsonNode resolved(JsonNode node, JsonNode schemas) {
        String reference = node.path("$ref").asString("");
        if (reference.startsWith(OWN)) {
            return resolved(schemas.path(reference.substring(OWN.length())), schemas);
        }
        if (reference.startsWith(FILES)) {
            // A schema of its own there, and a part of another one here.
            return ((ObjectNode) JsonSchemas.text(reference.substring(FILES.length(), reference.lastIndexOf('.'))))
                    .without(Set.of("$schema", "$id"));
        }
        if (node instanceof ObjectNode object) {
            ObjectNode resolved = object.objectNode();
            object.propertyStream()
                    .forEach(member -> resolved.set(member.getKey(), resolved(member.getValue(), schemas)));
            return resolved;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode resolved = array.arrayNode();
            array.forEach(element -> resolved.add(resolved(element, schemas)));
            return resolved;
        }
        return node;
    }

    /** The schema at this place of a resolved document, with the rules of its {@code allOf} as its own; empty when there is none. */
    static ObjectNode merged(JsonNode document, String pointer) {
        ObjectNode merged = new JsonMapper().createObjectNode();
        merge(merged, document.at(pointer));
        JsonNode parts = merged.remove("allOf");
        if (parts != null) {
            parts.forEach(part -> merge(merged, part));
        }
        return merged;
    }

    private static void merge(ObjectNode into, JsonNode part) {
        part.propertyStream().forEach(member -> {
            if (member.getValue().isObject() && into.get(member.getKey()) instanceof ObjectNode both) {
                merge(both, member.getValue());
            } else {
                into.set(member.getKey(), member.getValue().deepCopy());
            }
        });
    }
}
