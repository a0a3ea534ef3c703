package io.headwaiter.local.benchmark;

import io.headwaiter.schemas.MessageJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** What the worker counts itself. */
record WorkerMetrics(URI worker) {

    /** @param name of a counter that is there from the worker's start on */
    long count(String name) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            byte[] body = client.send(
                            HttpRequest.newBuilder(worker.resolve("/actuator/metrics/" + name))
                                    .build(),
                            BodyHandlers.ofByteArray())
                    .body();
            return (long) MessageJson.mapper()
                    .readTree(body)
                    .path("measurements")
                    .path(0)
                    .path("value")
                    .asDouble();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", e);
        }
    }
}
