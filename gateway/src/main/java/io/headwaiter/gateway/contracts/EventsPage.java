package io.headwaiter.gateway.contracts;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The messages, for people: written from {@code asyncapi.yaml} and the JSON Schemas that it refers to, and from nothing else. */
final class EventsPage {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String OWN = "#/";

    /** Ids end here; nobody wants to read that. */
    private static final BigInteger LARGEST_LONG = BigInteger.valueOf(Long.MAX_VALUE);

    private static final long DAY = 24 * 60 * 60 * 1000L;

    private final JsonNode api;
    private final Function<String, JsonNode> files;
    private final StringBuilder html = new StringBuilder();

    private EventsPage(JsonNode api, Function<String, JsonNode> files) {
        this.api = api;
        this.files = files;
    }

    /** @param files gives what a reference to another file leads to, such as {@code ./json/booking.place.json} */
    static String of(JsonNode api, Function<String, JsonNode> files) {
        EventsPage page = new EventsPage(api, files);
        page.write();
        return page.html.toString();
    }

    private void write() {
        html.append(
                """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                  <meta charset="UTF-8">
                  <meta name="viewport" content="width=device-width, initial-scale=1">
                  <title>Headwaiter's events</title>
                  <link rel="icon" href="data:,">
                  <link rel="stylesheet" href="/docs/events.css">
                </head>
                <body>
                <nav>
                  <p><a href="/docs">The API</a> <a href="/contracts/asyncapi.yaml">asyncapi.yaml</a></p>
                """);
        each("/channels", (name, channel) -> {
            element("h2", "<a href=\"#" + escaped(name) + "\">" + text(channel.path("title")) + "</a>");
            html.append("<ul>");
            for (JsonNode message : channel.path("messages")) {
                String type = escaped(resolved(message).path("name").asString(""));
                element("li", "<a href=\"#" + escaped(name) + "." + type + "\">" + type + "</a>");
            }
            html.append("</ul>\n");
        });
        html.append("</nav>\n<main>\n");
        element("h1", text(api.at("/info/title")));
        paragraphs(api.at("/info/description"));
        each("/channels", this::channel);
        html.append("</main>\n</body>\n</html>\n");
    }

    private void channel(String name, JsonNode channel) {
        html.append("<section id=\"").append(escaped(name)).append("\">\n");
        element("h2", text(channel.path("title")));
        List<String> facts = new ArrayList<>();
        if (channel.path("address").isString()) {
            facts.add("<code>" + text(channel.path("address")) + "</code>");
        }
        JsonNode kafka = channel.at("/bindings/kafka");
        if (kafka.has("partitions")) {
            facts.add(kafka.get("partitions").asString()
                    + (kafka.get("partitions").asInt() == 1 ? " partition" : " partitions"));
            facts.add("kept " + kafka.at("/topicConfiguration/retention.ms").asLong() / DAY + " days");
        }
        element("p class=\"facts\"", String.join(" · ", facts));
        paragraphs(channel.path("description"));
        for (JsonNode message : channel.path("messages")) {
            message(name, resolved(message));
        }
        html.append("</section>\n");
    }

    private void message(String channel, JsonNode message) {
        String type = text(message.path("name"));
        html.append("<article id=\"%s.%s\">\n".formatted(escaped(channel), type));
        element("h3", "<code>" + type + "</code> " + text(message.path("title")));
        paragraphs(message.path("summary"));
        JsonNode payload = resolved(message.path("payload"));
        if (payload.has("properties")) {
            paragraphs(payload.path("description"));
            table(payload);
        }
        JsonNode key = resolved(message.at("/bindings/kafka/key"));
        html.append("<details><summary>Headers%s</summary>\n".formatted(key.isObject() ? " and key" : ""));
        table(resolved(message.path("headers")));
        if (key.isObject()) {
            String of = prose(key.path("description").asString(""));
            element("p", "Key: " + of + " <code>" + text(key.path("pattern")) + "</code>");
        }
        html.append("</details>\n");
        for (JsonNode example : message.path("examples")) {
            html.append("<details open><summary>Example</summary>\n");
            element("pre", escaped(pretty(example.path("payload"))));
            html.append("</details>\n");
        }
        html.append("</article>\n");
    }

    private void table(JsonNode schema) {
        html.append("<table><thead><tr><th>Member</th><th>Type</th><th></th></tr></thead><tbody>\n");
        rows("", schema);
        html.append("</tbody></table>\n");
    }

    private void rows(String before, JsonNode schema) {
        Set<String> required = new LinkedHashSet<>();
        schema.path("required").forEach(name -> required.add(name.asString()));
        schema.path("properties").propertyStream().forEach(member -> {
            JsonNode rules = resolved(member.getValue());
            String name = before + member.getKey();
            html.append("<tr><th scope=\"row\"><code>%s</code></th><td>%s%s</td><td>%s</td></tr>\n"
                    .formatted(
                            escaped(name),
                            type(rules),
                            required.contains(member.getKey()) ? "" : "<small>optional</small>",
                            prose(rules.path("description").asString(""))));
            rows(name + ".", rules);
        });
    }

    private String type(JsonNode rules) {
        if (rules.has("const")) {
            return "<code>" + text(rules.get("const")) + "</code>";
        }
        List<String> kinds = new ArrayList<>();
        JsonNode type = rules.path("type");
        if (type.isArray()) {
            type.forEach(kind -> kinds.add(kind.asString()));
            // Absent or null is the same in a request, as its description says.
            kinds.remove("null");
        } else if (type.isString()) {
            kinds.add(type.asString());
        }
        String text = rules.has("format") ? rules.get("format").asString() : String.join(" or ", kinds);
        JsonNode items = rules.path("items");
        return escaped(text) + (items.isObject() ? " of " + type(items) : "") + range(rules);
    }

    private static String range(JsonNode rules) {
        JsonNode least = rules.path("minimum");
        JsonNode most = rules.path("maximum");
        if (!most.isNumber() || most.bigIntegerValue().equals(LARGEST_LONG)) {
            return least.isNumber() ? ", " + least + " or more" : "";
        }
        return ", " + least + " to " + most;
    }

    /** With references followed, and the members of all that it is made of. */
    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        if (!reference.isEmpty()) {
            return resolved(reference.startsWith(OWN) ? api.at(reference.substring(1)) : files.apply(reference));
        }
        if (!(node instanceof ObjectNode object) || !object.has("allOf")) {
            return node;
        }
        ObjectNode merged = object.deepCopy();
        ObjectNode members = merged.withObject("/properties");
        Set<JsonNode> required = new LinkedHashSet<>();
        for (JsonNode part : object.get("allOf")) {
            JsonNode rules = resolved(part);
            rules.path("properties")
                    .propertyStream()
                    .forEach(member -> members.set(member.getKey(), member.getValue()));
            rules.path("required").forEach(required::add);
        }
        merged.withArray("/required").addAll(required);
        return merged;
    }

    private static String pretty(JsonNode payload) {
        return payload.isString()
                ? payload.asString()
                : JSON.writerWithDefaultPrettyPrinter().writeValueAsString(payload);
    }

    private void each(String pointer, Part part) {
        api.at(pointer).propertyStream().forEach(member -> part.write(member.getKey(), member.getValue()));
    }

    private void element(String tag, String content) {
        html.append('<').append(tag).append('>').append(content);
        html.append("</").append(tag.split(" ")[0]).append(">\n");
    }

    private void paragraphs(JsonNode text) {
        for (String paragraph : text.asString("").split("\n\n")) {
            if (!paragraph.isBlank()) {
                element("p", prose(paragraph));
            }
        }
    }

    /** What stands between backticks is code. */
    private static String prose(String text) {
        return escaped(text.strip()).replaceAll("`([^`]+)`", "<code>$1</code>");
    }

    private static String text(JsonNode node) {
        return escaped(node.asString(""));
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text);
    }

    private interface Part {
        void write(String name, JsonNode part);
    }
}
