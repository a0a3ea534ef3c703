package io.headwaiter.gateway.deliveries;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A partner's server, on this machine. It keeps what it gets, and answers as it is told. */
final class Receiver implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }

    record Received(String path, Map<String, List<String>> headers, String body, long nanoTime) {

        String header(String name) {
            return String.join(
                    ",", headers.getOrDefault(name.substring(0, 1).toUpperCase() + name.substring(1), List.of()));
        }

        String id() {
            return header("webhook-id");
        }

        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    private final String scheme;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile Answering answering;

    Receiver(Answering answering) {
        this(answering, null);
    }

    /** @param tls what it encrypts with, and shows who it is; null: it does not */
    Receiver(Answering answering, @Nullable SSLContext tls) {
        this.answering = answering;
        this.scheme = tls == null ? "http" : "https";
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            if (tls == null) {
                server = HttpServer.create(address, 1000);
            } else {
                HttpsServer secure = HttpsServer.create(address, 1000);
                secure.setHttpsConfigurator(new HttpsConfigurator(tls));
                server = secure;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(new Received(
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    body,
                    System.nanoTime()));
            try (exchange) {
                this.answering.answer(exchange);
            }
        });
        server.start();
    }

    static Receiver thatAnswers(int status) {
        return new Receiver(status(status));
    }

    static Answering status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    static Answering text(int status, String text) {
        return exchange -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    void answers(Answering from) {
        answering = from;
    }

    String url(String path) {
        return url("localhost", path);
    }

    String url(String host, String path) {
        return scheme + "://" + host + ":" + server.getAddress().getPort() + path;
    }

    List<Received> received() {
        return received;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
