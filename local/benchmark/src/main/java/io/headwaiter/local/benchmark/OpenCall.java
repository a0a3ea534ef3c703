package io.headwaiter.local.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** One HTTP call over a socket of its own. So many of them at once cost this process next to nothing. */
final class OpenCall implements AutoCloseable {

    /** Of a caller for the outcome: longer than a gateway allows unless it is told to. */
    static final int WAIT_SECONDS = 300;

    private static final int BUFFER = 1024;

    private final Socket socket;
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final AtomicInteger events = new AtomicInteger();

    private OpenCall(URI gateway, String request) {
        try {
            socket = new Socket(gateway.getHost(), gateway.getPort());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::read);
    }

    static OpenCall stream(URI gateway, Town hall) {
        return new OpenCall(gateway, head("GET", hall, "events") + "\r\n");
    }

    static OpenCall post(URI gateway, Town hall, String body) {
        return new OpenCall(
                gateway,
                head("POST", hall, "reservations")
                        + "Content-Type: application/json\r\nPrefer: wait=%d\r\nContent-Length: %d\r\n\r\n%s"
                                .formatted(WAIT_SECONDS, body.getBytes(StandardCharsets.UTF_8).length, body));
    }

    /** By HTTP/1.0 what is answered comes in one piece, with no chunk beginning in the middle of a line. */
    private static String head(String method, Town hall, String what) {
        return "%s /api/restaurants/%d/%s HTTP/1.0\r\nHost: gateway\r\nAuthorization: Bearer %s\r\n"
                .formatted(method, hall.id(), what, hall.key());
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), BUFFER)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("HTTP/1.1 ")) {
                    status.complete(Integer.parseInt(line.substring(9, 12)));
                } else if (line.startsWith("event: ")) {
                    events.incrementAndGet();
                }
            }
        } catch (IOException closed) {
            // By the gateway, or at the end.
        }
        status.complete(0);
    }

    /** Of the answer, once it has begun; 0 when there is none. */
    int status() {
        return status.join();
    }

    boolean isAnswered() {
        return status.isDone();
    }

    int events() {
        return events.get();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            // As wanted.
        }
    }
}
