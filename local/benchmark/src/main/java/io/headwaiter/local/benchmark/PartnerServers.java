package io.headwaiter.local.benchmark;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What partners run: servers that answer, and such as do not. The time to the healthy ones is taken when a request has arrived. */
final class PartnerServers implements AutoCloseable {

    enum Kind {
        HEALTHY,
        /** Answers after five seconds. */
        SLOW,
        /** Takes the request and never answers. */
        SILENT,
        /** Nobody listens there. */
        REFUSING
    }

    private static final int OK = 200;
    private static final int BACKLOG = 1_000;
    private static final long SLOW_MILLIS = 5_000;
    private static final long NEVER_MILLIS = 3_600_000;
    private static final int NOBODYS_PORT = 1;

    private record Expected(long partnerId, long publishedAt, boolean measured) {}

    private final Map<String, Expected> expected = new ConcurrentHashMap<>();
    private final Map<String, Long> arrived = new ConcurrentHashMap<>();
    private final Histogram latencies = new ConcurrentHistogram(3);
    private final AtomicLong strayed = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<HttpServer> servers = new ArrayList<>();

    /** Where this partner is: each has a server of its own, as partners do. */
    String url(Kind kind, long partnerId) {
        int port = kind == Kind.REFUSING ? NOBODYS_PORT : open(kind);
        return "http://127.0.0.1:" + port + "/" + kind + "/" + partnerId;
    }

    private int open(Kind kind) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            server.setExecutor(threads);
            server.createContext(
                    "/",
                    switch (kind) {
                        case HEALTHY -> this::take;
                        case SLOW -> exchange -> answerAfter(exchange, SLOW_MILLIS);
                        case SILENT, REFUSING -> exchange -> answerAfter(exchange, NEVER_MILLIS);
                    });
            server.start();
            servers.add(server);
            return server.getAddress().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Before it is published. */
    void expect(String id, long partnerId, boolean measured) {
        expected.put(id, new Expected(partnerId, System.nanoTime(), measured));
    }

    private void take(HttpExchange exchange) throws IOException {
        long now = System.nanoTime();
        try (exchange) {
            String id = exchange.getRequestHeaders().getFirst("webhook-id");
            long partner = Long.parseLong(exchange.getRequestURI().getPath().replaceAll(".*/", ""));
            exchange.getRequestBody().readAllBytes();
            Expected one = expected.get(id);
            if (one == null || one.partnerId() != partner) {
                strayed.incrementAndGet();
            } else if (arrived.putIfAbsent(id, now) != null) {
                repeated.incrementAndGet();
            } else if (one.measured()) {
                latencies.recordValue(now - one.publishedAt());
            }
            exchange.sendResponseHeaders(OK, -1);
        }
    }

    private static void answerAfter(HttpExchange exchange, long millis) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            Thread.sleep(millis);
            exchange.sendResponseHeaders(OK, -1);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether all of them arrived in time */
    boolean awaitAllHealthy(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (missing() > 0 && System.nanoTime() - end < 0) {
            pause();
        }
        return missing() == 0;
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", e);
        }
    }

    long missing() {
        return expected.size() - arrived.size();
    }

    long strayed() {
        return strayed.get();
    }

    long repeated() {
        return repeated.get();
    }

    Histogram latencies() {
        return latencies;
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }
}
