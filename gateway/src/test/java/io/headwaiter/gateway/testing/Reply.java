package io.headwaiter.gateway.testing;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a gateway answered. */
public record Reply(int status, HttpResponse<byte[]> response) {

    private static final JsonMapper JSON = new JsonMapper();

    static Reply of(HttpResponse<byte[]> response) {
        return new Reply(response.statusCode(), response);
    }

    public String text() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return JSON.readTree(response.body());
    }

    /** The member at this path, such as {@code /data/reservation/id}. */
    public JsonNode at(String pointer) {
        return json().at(pointer);
    }

    /** The code of a problem. */
    public String code() {
        return at("/code").asString("");
    }

    /** The header's value, or an empty text. */
    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Override
    public String toString() {
        return status + " " + response.headers().map() + " " + text();
    }
}
