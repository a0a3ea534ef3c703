package io.headwaiter.notifications;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.headwaiter.schemas.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Answers as {@code openapi.yaml} describes; an answer that does not keep to it is not given. */
final class StandInGateway implements AutoCloseable {

    static final String KEY = "the-mailers-key";

    private static final JsonMapper JSON = new JsonMapper();

    private final JsonNode api = api();
    private final Schema restaurant = schema("/api/restaurants/{restId}");
    private final Schema client = schema("/api/restaurants/{restId}/clients/{clientId}");
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong(100);
    private final HttpServer server;
    private volatile int outage;

    StandInGateway() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void addRestaurant(long id, String name, String timeZone) {
        put(
                "/api/restaurants/" + id,
                restaurant,
                "restaurant",
                """
                {"id":%d,"time_zone":"%s","slot_step_minutes":15,"buffer_minutes":15,"notice_minutes":0,"horizon_days":400,
                 "cancellation_deadline_minutes":0,"turn_minutes":120,"assignment_policy":["smallest_table"]}
                """
                        .formatted(id, timeZone),
                Map.of("name", name));
    }

    /** Says its id. */
    long addGuest(long restaurantId, String name, String email) {
        return addClient(restaurantId, Map.of("name", name, "email", email));
    }

    long addAnonymized(long restaurantId) {
        return addClient(restaurantId, Map.of("anonymized_at", "2026-11-01T10:00:00Z"));
    }

    private long addClient(long restaurantId, Map<String, String> details) {
        long id = ids.incrementAndGet();
        put(
                "/api/restaurants/" + restaurantId + "/clients/" + id,
                client,
                "client",
                "{\"id\":%d,\"version\":1,\"created_at\":\"2026-10-01T10:00:00Z\"}".formatted(id),
                details);
        return id;
    }

    /** From now on every answer has this status; 0 ends it. */
    void breakDown(int status) {
        outage = status;
    }

    private void put(String path, Schema schema, String kind, String facts, Map<String, String> texts) {
        ObjectNode subject = (ObjectNode) JSON.readTree(facts);
        texts.forEach(subject::put);
        ObjectNode body = JSON.createObjectNode().put("success", true);
        body.putObject("data").set(kind, subject);
        String json = body.toString();
        List<String> errors = schema.validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
        // Some tests send what no gateway would.
        if (!errors.isEmpty() && texts.values().stream().noneMatch(text -> text.contains("hostile"))) {
            throw new IllegalArgumentException(errors.toString());
        }
        answers.put(path, json);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String key = exchange.getRequestHeaders().getFirst("Authorization");
        String found = answers.get(path);
        if (outage != 0) {
            answer(exchange, outage, "Something else");
        } else if (!("Bearer " + KEY).equals(key)) {
            answer(exchange, 401, problem("key_unknown"));
        } else if (found != null) {
            answer(exchange, 200, found);
        } else {
            answer(exchange, 404, problem(path.contains("/clients/") ? "client_not_found" : "restaurant_not_found"));
        }
    }

    private static String problem(String code) {
        return "{\"success\":false,\"code\":\"" + code + "\"}";
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", status == 200 ? "application/json" : "application/problem+json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Schema schema(String path) {
        JsonNode described = api.path("paths").path(path).at("/get/responses/200/content/application~1json/schema");
        // References are looked for from a schema's root.
        ObjectNode root = (ObjectNode) described.deepCopy();
        root.set("components", api.path("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root);
    }

    private static JsonNode api() {
        try (InputStream yaml = Objects.requireNonNull(Topics.class.getResourceAsStream("openapi.yaml"))) {
            return new YAMLMapper().readTree(yaml);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
