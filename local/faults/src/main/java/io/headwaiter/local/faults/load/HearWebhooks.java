package io.headwaiter.local.faults.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.headwaiter.local.faults.cluster.Await;
import io.headwaiter.local.faults.history.Entry.Subscribed;
import io.headwaiter.local.faults.history.ReadEvent;
import io.headwaiter.local.faults.history.Recorder;
import io.headwaiter.schemas.MessageJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A partner's server: writes down each webhook that comes, and is glad of it. */
public final class HearWebhooks implements AutoCloseable {

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final Duration UNTIL_KNOWN = Duration.ofSeconds(60);

    private final Recorder history;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private HearWebhooks(Recorder history) {
        this.history = history;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::hear);
        server.start();
    }

    /** Returns when some of the restaurants, which are asked a quarter of all, are subscribed to. */
    public static HearWebhooks of(Houses houses, List<URI> gateways, Recorder history) {
        HearWebhooks hear = new HearWebhooks(history);
        try (Gateways asked = new Gateways(gateways, houses.key())) {
            Set<Long> restaurants = houses.toHearOf();
            String endpoint = MessageJson.mapper()
                    .writeValueAsString(Map.of(
                            "url",
                            "http://127.0.0.1:" + hear.server.getAddress().getPort() + "/",
                            "restaurants",
                            restaurants));
            // A gateway reads its keys and restaurants every few seconds.
            if (!Await.until(UNTIL_KNOWN, () -> subscribe(asked, endpoint))) {
                throw new IllegalStateException("no webhook can be had");
            }
            history.record(new Subscribed(restaurants));
            return hear;
        } catch (RuntimeException failure) {
            hear.close();
            throw failure;
        }
    }

    private static boolean subscribe(Gateways gateways, String endpoint) {
        try {
            return gateways.post(0, "/api/webhook-endpoints", endpoint).status() == CREATED;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private void hear(HttpExchange exchange) throws IOException {
        try (exchange) {
            String id = exchange.getRequestHeaders().getFirst("webhook-id");
            byte[] body = exchange.getRequestBody().readAllBytes();
            history.record(ReadEvent.delivered(String.valueOf(id), body));
            exchange.sendResponseHeaders(OK, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
