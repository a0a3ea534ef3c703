package io.headwaiter.gateway.contracts;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes of a good request one that is likely not: in its body, its query, its path or its headers. */
final class Mutate {

    private static final JsonMapper JSON = new JsonMapper();

    /** As they stand in JSON: some are not what a parser would write. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "1",
            "-1",
            "2",
            "20",
            "21",
            "1.0",
            "1.5",
            "1e2",
            "1E400",
            "-1e-400",
            "32768",
            "2147483647",
            "2147483648",
            "-2147483649",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551617",
            "1" + "0".repeat(400),
            "\"\"",
            "\" \"",
            "\"x\"",
            "\"null\"",
            "\"4\"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\udfff\\ud800\"",
            "\"\\u0007\"",
            "\"\\u202eevil\"",
            "\"\\ufeff\"",
            "\"\\u00e9\\u0301\"",
            "\"\ud83c\udf7d\ud83c\udf7d\"",
            "\"\u0130\u0131\u00df\"",
            "\"'; drop table reservations; --\"",
            "\"%s%n\"",
            "\"${jndi:x}\"",
            "\"../../etc\"",
            "\"2027-02-30T18:00:00Z\"",
            "\"2027-01-01\"",
            "\"2027-01-01T18:00:00\"",
            "\"9999-12-31T23:59:59Z\"",
            "\"0000-01-01T00:00:00Z\"",
            "\"-2027-01-01T00:00:00Z\"",
            "\"2027-01-01T18:00:60Z\"",
            "\"2027-01-01T18:00:00+14:01\"",
            "\"2000-01-01T00:00:00Z\"",
            "\"2199-12-31T23:59:59.999999999Z\"",
            "\"24:00\"",
            "\"23:59\"",
            "\"00:00\"",
            "\"7:5\"",
            "\"Europe/Nowhere\"",
            "\"UTC\"",
            "\"+18:00\"",
            "\"a@b\"",
            "\"a@b@c\"",
            "\"@\"",
            "\"+1 (2)\"",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "[1,2,3]",
            "{\"a\":{}}",
            "{\"\":1}");

    private static final List<String> TEXTS = List.of(
            "",
            "0",
            "-1",
            "1",
            "01",
            "1.0",
            "1e3",
            "9223372036854775807",
            "9223372036854775808",
            "99999999999999999999",
            "null",
            "x",
            "*",
            "%2A",
            "%20",
            "%00",
            "%0a",
            "%0d%0aX:1",
            "%2e%2e",
            "%2F",
            "%5c",
            "%25",
            "%ff",
            "%c3%28",
            "%F0%9F%8D%BD",
            "%e2%80%ae",
            "%D9%A1",
            "1%00",
            "1;x=1",
            "1%3Bx",
            "'",
            "%27%20or%201=1--",
            "%7B%7D",
            "true",
            "2027-02-30",
            "2027-01-01",
            "0000-00-00",
            "9999-12-31",
            "10000-01-01",
            "18:00",
            "24:00",
            "18:00:00",
            "a".repeat(300),
            "%61".repeat(200),
            "AAAA",
            "..",
            ".",
            "~",
            "+",
            "-");

    private static final List<String> TYPES = List.of(
            "text/plain",
            "application/xml",
            "application/json;charset=utf-16",
            "application/json; charset=nonsense",
            "application/*",
            "*/*",
            "json",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "application/json;;",
            "application/merge-patch+json");

    private static final List<String> HEADERS = List.of(
            "",
            "x",
            "\"1\"",
            "W/\"1\"",
            "*",
            "\"1\", \"2\"",
            "\"",
            "1",
            "wait",
            "wait=",
            "wait=0",
            "wait=-1",
            "wait=1e9",
            "wait=\"1\"",
            "respond-async",
            "respond-async, wait=0",
            "return=minimal",
            ",,,",
            "=",
            ";;",
            "a=b=c",
            "x".repeat(256),
            "x".repeat(1000),
            "-",
            "a b",
            "\t",
            "~",
            "{}");

    private final RandomGenerator random;

    Mutate(RandomGenerator random) {
        this.random = random;
    }

    Draft one(Draft good, Operation operation) {
        int kind = random.nextInt(100);
        if (good.body() != null && kind < 60) {
            Draft changed = body(good);
            // Now and then the wrong thing in two places.
            return kind < 5 ? query(changed) : changed;
        }
        if (kind < 75) {
            return query(good);
        }
        return kind < 88 ? path(good) : header(good, operation);
    }

    private Draft query(Draft good) {
        List<String> query = new ArrayList<>(good.query());
        int at = query.isEmpty() ? 0 : random.nextInt(query.size());
        switch (query.isEmpty() ? 4 : random.nextInt(7)) {
            case 0 -> query.remove(at);
            case 1 -> query.add(query.get(at));
            case 2, 3 -> query.set(at, query.get(at).replaceFirst("=.*", "=") + any(TEXTS));
            case 5 -> query.set(at, any(TEXTS) + "=" + any(TEXTS));
            case 6 -> query.set(at, query.get(at).replaceFirst("=.*", ""));
            default -> query.add(any(List.of("limit", "after", "date", "guests", "x", "", "%00")) + "=" + any(TEXTS));
        }
        return good.withQuery(query);
    }

    private Draft path(Draft good) {
        List<String> segments = new ArrayList<>(Arrays.asList(good.path().split("/")));
        int at = 1 + random.nextInt(segments.size() - 1);
        switch (random.nextInt(8)) {
            case 0 -> segments.add(any(TEXTS));
            case 1 -> segments.remove(at);
            case 2 -> segments.add(at, segments.get(at));
            default -> segments.set(at, random.nextInt(4) == 0 ? segments.get(at) + any(TEXTS) : any(TEXTS));
        }
        return good.withPath("/" + String.join("/", segments.subList(1, segments.size())));
    }

    private Draft header(Draft good, Operation operation) {
        return switch (random.nextInt(5)) {
            case 0 -> good.with("Content-Type", any(TYPES));
            case 1 -> good.with("Accept", any(TYPES));
            case 2 -> good.with("If-Match", any(HEADERS));
            case 3 -> good.with("Idempotency-Key", any(HEADERS));
            // A long wait for something that is never decided would hold up the rest.
            default -> good.with(special(operation), any(HEADERS));
        };
    }

    private static String special(Operation operation) {
        if (operation.takesHeader("Prefer")) {
            return "Prefer";
        }
        return operation.takesHeader("Last-Event-ID") ? "Last-Event-ID" : "Range";
    }

    private Draft body(Draft good) {
        String json = new String(good.body(), StandardCharsets.UTF_8);
        return switch (random.nextInt(12)) {
            case 0 -> good.withBody(json.substring(0, random.nextInt(json.length())));
            case 1 -> good.withBody(splice(json, (char) random.nextInt(32)));
            case 2 -> good.withBody(splice(json, (char) random.nextInt(32, 0x3000)));
            case 3 -> good.withBody(bytes(json));
            case 4 -> good.withBody(twice(json));
            case 5 -> good.withBody(whole(json));
            default -> good.withBody(tree(json));
        };
    }

    private String splice(String json, char character) {
        int at = random.nextInt(json.length());
        return json.substring(0, at) + character + json.substring(at + random.nextInt(2));
    }

    private byte[] bytes(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private String twice(String json) {
        int end = json.lastIndexOf('}');
        JsonNode tree = JSON.readTree(json);
        if (tree.isEmpty() || end < 0) {
            return "{\"a\":1,\"a\":1}";
        }
        String name = any(List.copyOf(tree.propertyNames()));
        return json.substring(0, end) + ",\"" + name + "\":" + tree.path(name) + "}";
    }

    private byte[] whole(String json) {
        return switch (random.nextInt(10)) {
            case 0 -> new byte[0];
            case 1 -> any(VALUES).getBytes(StandardCharsets.UTF_8);
            case 2 -> ("\ufeff" + json).getBytes(StandardCharsets.UTF_8);
            case 3 -> json.getBytes(StandardCharsets.UTF_16);
            case 4 -> (json + json).getBytes(StandardCharsets.UTF_8);
            case 5 -> ("[".repeat(1 + random.nextInt(3000)) + json).getBytes(StandardCharsets.UTF_8);
            case 6 -> "{\"a\":".repeat(1 + random.nextInt(2000)).getBytes(StandardCharsets.UTF_8);
            case 7 -> ("[" + json + "]").getBytes(StandardCharsets.UTF_8);
            case 8 -> (" ".repeat(random.nextInt(20_000)) + json).getBytes(StandardCharsets.UTF_8);
            default -> {
                byte[] noise = new byte[random.nextInt(500)];
                random.nextBytes(noise);
                yield noise;
            }
        };
    }

    /** Puts something else in one place of the document; text by text, since not all values are JSON's own. */
    private String tree(String json) {
        JsonNode tree = JSON.readTree(json);
        List<JsonNode> holders = new ArrayList<>();
        collect(tree, holders);
        if (holders.isEmpty()) {
            return any(VALUES);
        }
        JsonNode holder = any(holders);
        String mark = "\"mark-" + random.nextLong() + "\"";
        String bare = mark.substring(1, mark.length() - 1);
        if (holder instanceof ObjectNode object) {
            List<String> names = new ArrayList<>(object.propertyNames());
            String name = names.isEmpty() ? "x" : any(names);
            switch (random.nextInt(6)) {
                case 0 -> object.remove(name);
                case 1 ->
                    object.put(
                            any(List.of(
                                    "x",
                                    "id",
                                    "restaurant_id",
                                    "partner_id",
                                    "__proto__",
                                    "override",
                                    "status",
                                    "version")),
                            bare);
                case 2 -> object.set(name + "_", object.remove(name));
                default -> object.put(name, bare);
            }
        } else if (holder instanceof ArrayNode array) {
            if (!array.isEmpty() && random.nextBoolean()) {
                array.set(random.nextInt(array.size()), bare);
            } else {
                array.add(bare);
            }
        }
        return tree.toString().replace(mark, value());
    }

    private String value() {
        return switch (random.nextInt(20)) {
            case 0 -> "\"" + "\u00e9".repeat(random.nextInt(3000)) + "\"";
            case 1 -> "[".repeat(200) + "]".repeat(200);
            case 2 -> Long.toString(random.nextLong());
            case 3 -> Integer.toString(random.nextInt(-3, 30));
            case 4 -> Double.toString(random.nextGaussian() * 1e10);
            default -> any(VALUES);
        };
    }

    private static void collect(JsonNode node, List<JsonNode> holders) {
        if (node.isContainer()) {
            holders.add(node);
            node.forEach(child -> collect(child, holders));
        }
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
