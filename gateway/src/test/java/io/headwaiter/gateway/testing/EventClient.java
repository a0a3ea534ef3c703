package io.headwaiter.gateway.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of a live stream. It listens on a thread of its own, and keeps what it hears. */
public final class EventClient implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private final HttpResponse<InputStream> response;
    private final int most;
    private final Thread listening;
    private volatile String lastId = "";
    private volatile boolean whole;

    /** @param event in CloudEvents' JSON format */
    public record Heard(String id, String type, JsonNode event) {

        public JsonNode data() {
            return event.path("data");
        }

        public String requestId() {
            return data().path("request_id").asString();
        }
    }

    private EventClient(HttpResponse<InputStream> response, int most) {
        this.response = response;
        this.most = most;
        this.listening = Thread.ofVirtual().start(this::listen);
    }

    /** Returns when it is answered. @param lastId where to go on; empty: now */
    public static EventClient open(Callers callers, Known restaurant, String lastId) {
        return open(callers, restaurant, lastId, Integer.MAX_VALUE);
    }

    /** @param most events that it hears before it goes away by itself */
    public static EventClient open(Callers callers, Known restaurant, String lastId, int most) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(callers.url() + restaurant.path() + "/events"))
                .header("Authorization", "Bearer " + callers.key())
                .header("Accept", "text/event-stream");
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        try {
            HttpResponse<InputStream> response = HTTP.send(request.build(), BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(response.statusCode() + " "
                        + new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
            }
            return new EventClient(response, most);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    /** As the HTML standard has it, for streams that keep to the ordinary. */
    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String id = "";
            String type = "";
            String data = "";
            while (heard.size() < most) {
                String line = lines.readLine();
                if (line == null) {
                    whole = true;
                    return;
                }
                if (line.startsWith(":")) {
                    comments.add(line.substring(1).strip());
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data += line.substring(6);
                } else if (line.isEmpty()) {
                    lastId = id;
                    if (!data.isEmpty()) {
                        heard.add(new Heard(id, type, JSON.readTree(data)));
                    }
                    type = "";
                    data = "";
                }
            }
        } catch (IOException closed) {
            // By this client, or in the middle of the answer.
        }
    }

    public List<Heard> heard() {
        return heard;
    }

    public List<String> types() {
        return heard.stream().map(Heard::type).toList();
    }

    public List<String> requestIds() {
        return heard.stream().map(Heard::requestId).toList();
    }

    public List<String> comments() {
        return comments;
    }

    /** With which to resume. */
    public String lastId() {
        return lastId;
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** Whether the gateway ended it in good order. */
    public boolean ended() {
        return whole;
    }

    /** Nothing more is heard once this has returned. */
    @Override
    public void close() {
        try {
            response.body().close();
            listening.join();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
