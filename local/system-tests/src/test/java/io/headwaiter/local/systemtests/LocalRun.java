package io.headwaiter.local.systemtests;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What {@code ./mvnw -Prun} starts, on ports and data of its own, for all test classes of this JVM. */
final class LocalRun {

    private static @Nullable LocalRun shared;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;
    private final int mailsPort;
    private final Process launcher;
    private final Path output;
    private final Path data;

    private LocalRun() throws IOException {
        Path folder = Files.createTempDirectory("headwaiter-system-test-");
        output = folder.resolve("output");
        data = folder.resolve("data");
        List<Integer> ports = freePorts(6);
        port = ports.getFirst();
        mailsPort = ports.get(5);
        ProcessBuilder run = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Dheadwaiter.project=" + project(),
                        "-Dheadwaiter.data=" + data,
                        "-Dheadwaiter.port=" + port,
                        "-Dheadwaiter.worker-port=" + ports.get(1),
                        "-Dheadwaiter.broker-port=" + ports.get(2),
                        "-Dheadwaiter.database-port=" + ports.get(3),
                        "-Dheadwaiter.metrics-port=" + ports.get(4),
                        "-Dheadwaiter.mails-port=" + mailsPort,
                        "-Dheadwaiter.stop-with-parent=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.headwaiter.local.run.Run")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // Thousands come with one key here.
        run.environment().put("HEADWAITER_RATE_BURST", "1000000");
        // All of it lives for a minute: too short for what the second compiler would make of it.
        run.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        // As in production: what must not be in a log must not be in its JSON either.
        run.environment().put("LOGGING_STRUCTURED_FORMAT_CONSOLE", "ecs");
        launcher = run.start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        await().atMost(Duration.ofSeconds(120))
                .failFast("it did not start; it said why in " + output, () -> !launcher.isAlive())
                .until(() -> said().contains("Authorization: Bearer"));
    }

    static synchronized LocalRun shared() {
        if (shared == null) {
            try {
                shared = new LocalRun();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return shared;
    }

    int port() {
        return port;
    }

    /** What the page that shows the mails says at this path. */
    String mails(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + mailsPort + path))
                        .GET())
                .body();
    }

    /** Where it keeps everything, its logs among that. */
    Path data() {
        return data;
    }

    /** What it has shown on the screen so far. */
    String said() {
        try {
            return Files.readString(output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    HttpResponse<String> get(String key, String path) {
        return send(request(key, path).GET());
    }

    HttpResponse<String> post(String key, String path, String json, String... headers) {
        HttpRequest.Builder request = request(key, path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    private HttpRequest.Builder request(String key, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + key)
                .timeout(Duration.ofSeconds(60));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private void stop() {
        launcher.destroy();
        try {
            if (!launcher.waitFor(20, TimeUnit.SECONDS)) {
                launcher.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            launcher.destroyForcibly();
        }
    }

    /** The repository's root: the folder with the README in it. */
    static Path project() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("README.md"))) {
            folder = Objects.requireNonNull(folder.getParent(), "there is no README.md above");
        }
        return folder;
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }
}
