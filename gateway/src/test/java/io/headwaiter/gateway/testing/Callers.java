package io.headwaiter.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;

/**
 * Callers of a gateway with one key.
 *
 * @param key sent as a bearer's; empty: none is
 */
public record Callers(String url, String key) {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    public Callers with(String otherKey) {
        return new Callers(url, otherKey);
    }

    /** @param headers names and values in turn */
    public Reply get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    public Reply post(String path, String json, String... headers) {
        return post(path, BodyPublishers.ofString(json), headers);
    }

    public Reply post(String path, BodyPublisher body, String... headers) {
        return send("POST", path, body, asJson(headers));
    }

    /** A body of JSON by any method; {@code headers} may call it something else. */
    public Reply json(String method, String path, String json, String... headers) {
        return send(method, path, BodyPublishers.ofString(json), asJson(headers));
    }

    public Reply delete(String path, String... headers) {
        return send("DELETE", path, BodyPublishers.noBody(), headers);
    }

    public Reply send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body);
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return Reply.of(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    private static String[] asJson(String... headers) {
        return Arrays.stream(headers).noneMatch("Content-Type"::equalsIgnoreCase)
                ? append(headers, "Content-Type", "application/json")
                : headers;
    }

    private static String[] append(String[] all, String name, String value) {
        String[] more = Arrays.copyOf(all, all.length + 2);
        more[all.length] = name;
        more[all.length + 1] = value;
        return more;
    }
}
