package io.headwaiter.gateway.contracts;

import io.headwaiter.gateway.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** One operation of the document. */
record Operation(OpenApi api, String path, String method, JsonNode node) {

    String verb() {
        return method.toUpperCase(Locale.ROOT);
    }

    boolean isWrite() {
        return !method.equals("get");
    }

    /** Whether it is for everybody, without a key. */
    boolean isOpen() {
        return api.security(this).isEmpty();
    }

    /** Alternatives: a key needs all scopes of one of them. */
    List<Set<String>> scopes() {
        return api.security(this).stream()
                .map(needed -> needed.path("apiKey")
                        .valueStream()
                        .map(JsonNode::asString)
                        .collect(Collectors.toSet()))
                .toList();
    }

    boolean documents(int status) {
        return node.path("responses").has(Integer.toString(status));
    }

    List<JsonNode> parameters(String in) {
        return api.parameters(this).stream()
                .filter(parameter -> parameter.path("in").asString().equals(in))
                .toList();
    }

    boolean takesHeader(String name) {
        return parameters("header").stream()
                .anyMatch(parameter -> parameter.path("name").asString().equals(name));
    }

    boolean hasBody() {
        return node.has("requestBody");
    }

    String bodyType() {
        return content().propertyNames().iterator().next();
    }

    /** The examples of its body. */
    List<JsonNode> bodies() {
        List<JsonNode> bodies = new ArrayList<>();
        if (hasBody()) {
            JsonNode media = content().path(bodyType());
            media.path("examples")
                    .forEach(example -> bodies.add(api.resolve(example).path("value")));
            if (media.has("example")) {
                bodies.add(media.path("example"));
            }
        }
        return bodies;
    }

    private JsonNode content() {
        return api.resolve(node.path("requestBody")).path("content");
    }

    /** All in which an answer is not as the document has it. */
    List<String> wrongWith(Reply reply) {
        if (!documents(reply.status())) {
            return List.of("The status " + reply.status() + " is not described.");
        }
        List<String> wrong = new ArrayList<>();
        JsonNode response = api.resolve(node.path("responses").path(Integer.toString(reply.status())));
        response.path("headers").forEachEntry((name, header) -> {
            if (api.resolve(header).path("required").asBoolean(false)
                    && reply.header(name).isEmpty()) {
                wrong.add("The header " + name + " is missing.");
            }
        });
        String type = reply.header("Content-Type").replaceFirst(";.*", "").strip();
        JsonNode media = response.path("content").path(type);
        if (response.path("content").isEmpty()) {
            if (!reply.text().isEmpty()) {
                wrong.add("There is a body that is not described.");
            }
        } else if (media.isMissingNode()) {
            wrong.add("The media type " + type + " is not described.");
        } else if (type.endsWith("json")) {
            wrong.addAll(api.errors(media.path("schema"), reply.text()));
            List<String> codes = media.at("/schema/allOf")
                    .valueStream()
                    .flatMap(part -> part.at("/properties/code/examples").valueStream())
                    .map(JsonNode::asString)
                    .toList();
            if (!codes.isEmpty() && !codes.contains(reply.code())) {
                wrong.add("The code " + reply.code() + " is not described.");
            }
        }
        return wrong;
    }

    @Override
    public String toString() {
        return verb() + " " + path;
    }
}
