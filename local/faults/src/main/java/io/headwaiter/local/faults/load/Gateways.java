package io.headwaiter.local.faults.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** HTTP to the gateways, by the number of each; any number is one of them. */
final class Gateways implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    /** The longest that anybody wants to wait, the time a gateway waits for the broker, and some. */
    private static final Duration ANSWER = Duration.ofSeconds(25);

    private final List<URI> urls;
    private final String key;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    Gateways(List<URI> urls, String key) {
        this.urls = urls;
        this.key = key;
    }

    URI url(int gateway) {
        return urls.get(Math.floorMod(gateway, urls.size()));
    }

    /** @throws IOException when there is no answer */
    Reply get(int gateway, String path) throws IOException, InterruptedException {
        return Reply.of(http.send(request(gateway, path).GET().build(), BodyHandlers.ofByteArray()));
    }

    /** @throws IOException when there is no answer */
    Reply post(int gateway, String path, String json) throws IOException, InterruptedException {
        return Reply.of(http.send(
                request(gateway, path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofByteArray()));
    }

    /** @throws IOException when there is no answer */
    Reply send(int gateway, Wish wish, Manner manner) throws IOException, InterruptedException {
        return Reply.of(http.send(request(gateway, wish, manner), BodyHandlers.ofByteArray()));
    }

    /** Hangs up after so long. Null when there was no answer until then. */
    @Nullable
    Reply sendAndHangUp(int gateway, Wish wish, Duration after) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request(gateway, wish, Manner.HANGS_UP), BodyHandlers.ofByteArray());
        try {
            return Reply.of(answer.get(after.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | CancellationException hungUp) {
            // Closes the connection.
            answer.cancel(true);
            return null;
        } catch (ExecutionException broken) {
            throw new IOException(broken.getCause());
        }
    }

    private HttpRequest request(int gateway, Wish wish, Manner manner) {
        String body = wish.body();
        HttpRequest.Builder request = request(gateway, wish.path())
                .method(wish.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (manner.prefer() != null) {
            request.header("Prefer", manner.prefer());
        }
        if (wish.key() != null) {
            request.header("Idempotency-Key", wish.key());
        }
        if (wish.ifVersion() != null) {
            request.header("If-Match", "\"" + wish.ifVersion() + "\"");
        }
        return request.build();
    }

    private HttpRequest.Builder request(int gateway, String path) {
        return HttpRequest.newBuilder(url(gateway).resolve(path))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + key);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
