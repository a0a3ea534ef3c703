package io.headwaiter.gateway.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** Where operators send traces to: takes what the apps export (OTLP over HTTP, protobuf) and keeps it. */
public final class TraceCollector {

    private static final int SPAN_ID = 8;

    private final HttpServer server;
    private final List<String> exports = new CopyOnWriteArrayList<>();

    TraceCollector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/v1/traces", exchange -> {
            // A byte a character, so that texts can be searched for bytes.
            exports.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /**
     * A span, once it was exported.
     *
     * @param id in hexadecimal digits, as {@code parent} is; empty when it has none
     */
    public record Exported(String id, String parent) {}

    /** The spans of this name that this application exported of this trace. */
    public List<Exported> spans(String application, String traceId, String name) {
        // A Span begins with trace_id = 1, span_id = 2, perhaps trace_state = 3 and parent_span_id = 4, and name = 5.
        Pattern span = Pattern.compile(
                "\n\u0010" + Pattern.quote(bytes(traceId)) + "\u0012\b(.{8})(?:\u001a.{1,99}?)?(?:\"\b(.{8}))?\\*."
                        + Pattern.quote(name),
                Pattern.DOTALL);
        return exports.stream()
                .filter(export -> export.contains(application))
                .flatMap(export -> span.matcher(export).results())
                .map(found -> new Exported(hex(found.group(1)), found.group(2) == null ? "" : hex(found.group(2))))
                .toList();
    }

    /** Whether anything of this trace was exported. */
    public boolean knows(String traceId) {
        return exports.stream().anyMatch(export -> export.contains(bytes(traceId)));
    }

    private static String bytes(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }

    private static String hex(String bytes) {
        return HexFormat.of().formatHex(bytes.getBytes(StandardCharsets.ISO_8859_1), 0, SPAN_ID);
    }
}
