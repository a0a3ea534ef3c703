package io.headwaiter.gateway.contracts;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Reply;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request that may still be changed before it is sent.
 *
 * @param query names and values, joined by {@code =}, in their percent encoding
 */
record Draft(String verb, String path, List<String> query, Map<String, String> headers, byte @Nullable [] body) {

    Draft withPath(String other) {
        return new Draft(verb, other, query, headers, body);
    }

    Draft withQuery(List<String> other) {
        return new Draft(verb, path, List.copyOf(other), headers, body);
    }

    Draft with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Draft(verb, path, query, more, body);
    }

    Draft withBody(byte[] other) {
        return new Draft(verb, path, query, headers, other);
    }

    Draft withBody(String other) {
        return withBody(other.getBytes(StandardCharsets.UTF_8));
    }

    Reply sendBy(Callers callers) {
        List<String> flat = new ArrayList<>();
        headers.forEach((name, value) -> flat.addAll(List.of(name, value)));
        BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        return callers.send(
                verb,
                query.isEmpty() ? path : path + "?" + String.join("&", query),
                publisher,
                flat.toArray(String[]::new));
    }

    @Override
    public String toString() {
        String text = body == null ? "" : new String(body, StandardCharsets.UTF_8);
        return "%s %s %s %s %s"
                .formatted(verb, path, query, headers, text.length() > 500 ? text.substring(0, 500) + "..." : text);
    }
}
