package io.headwaiter.local.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One of our own applications in a process of its own, on the JVM that runs this one. */
public final class LocalApp implements LocalServer {

    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(2);

    private final GuardedProcess process;
    private final Settings settings;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(HEALTH_TIMEOUT).build();

    private LocalApp(GuardedProcess process, Settings settings) {
        this.process = process;
        this.settings = settings;
    }

    /**
     * How an application is started.
     *
     * @param name as a sentence begins with it
     * @param classPath as -cp takes it
     * @param arguments after the main class
     * @param heap as -Xmx takes it
     * @param environment its configuration, on top of this JVM's own environment
     * @param log what it prints is appended here
     * @param ready it is ready when each of these is answered, and none with a 5xx
     * @param options more options for its JVM
     */
    public record Settings(
            String name,
            String classPath,
            String mainClass,
            List<String> arguments,
            String heap,
            Map<String, String> environment,
            Path log,
            List<HttpRequest> ready,
            List<String> options) {

        public Settings(
                String name,
                String classPath,
                String mainClass,
                List<String> arguments,
                String heap,
                Map<String, String> environment,
                Path log,
                List<HttpRequest> ready) {
            this(name, classPath, mainClass, arguments, heap, environment, log, ready, List.of());
        }
    }

    /**
     * The class path of one of our applications, as `-cp` takes it; empty when it is not built.
     *
     * @param project the project's own folder
     */
    public static Optional<String> classPath(Path project, String module) {
        Path target = project.resolve(module).resolve("target");
        Path written = target.resolve("run.classpath");
        if (!Files.exists(written)) {
            return Optional.empty();
        }
        try {
            return Optional.of(target.resolve("classes")
                    + System.getProperty("path.separator")
                    + Files.readString(written).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns at once; see {@link #awaitReady}. */
    public static LocalApp launch(Settings settings) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + settings.heap(),
                // Without memory it must end, so that it is started again, not linger.
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(settings.options());
        command.addAll(List.of("-cp", settings.classPath(), settings.mainClass()));
        command.addAll(settings.arguments());
        return new LocalApp(
                GuardedProcess.start(
                        GuardedProcess.Launch.of(command, settings.log()).withEnvironment(settings.environment())),
                settings);
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public GuardedProcess process() {
        return process;
    }

    @Override
    public Path log() {
        return settings.log();
    }

    @Override
    public boolean isReady() {
        return settings.ready().stream().allMatch(this::isAnswered);
    }

    private boolean isAnswered(HttpRequest request) {
        var inTime = HttpRequest.newBuilder(request, (name, value) -> true)
                .timeout(HEALTH_TIMEOUT)
                .build();
        try {
            return client.send(inTime, HttpResponse.BodyHandlers.discarding()).statusCode() < 500;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
