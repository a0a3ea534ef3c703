package io.headwaiter.local.run;

import io.headwaiter.local.services.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs the launcher as Maven does: a child of a process that may be killed. What it prints goes to a file. */
final class Launcher {

    private final Path data;
    private final Path output;
    final int port = FreePort.find();
    final int databasePort = FreePort.find();

    Launcher(Path data, Path output) {
        this.data = data;
        this.output = output;
    }

    Path data() {
        return data;
    }

    Process start(String... settings) throws IOException {
        var command = new ArrayList<>(List.of("sh", "-c", "\"$@\"; exit $?", "maven"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(
                "-Dheadwaiter.project=" + Path.of("..", "..").toAbsolutePath().normalize());
        command.add("-Dheadwaiter.data=" + data);
        command.add("-Dheadwaiter.port=" + port);
        command.add("-Dheadwaiter.worker-port=" + FreePort.find());
        command.add("-Dheadwaiter.metrics-port=" + FreePort.find());
        command.add("-Dheadwaiter.mails-port=" + FreePort.find());
        command.add("-Dheadwaiter.broker-port=" + FreePort.find());
        command.add("-Dheadwaiter.database-port=" + databasePort);
        command.add("-Dheadwaiter.why-not=" + output.resolveSibling("why-not"));
        command.add("-Dheadwaiter.stop-with-parent=true");
        command.addAll(List.of(settings));
        command.add(Run.class.getName());
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        // All of it lives for a minute: too short for what the second compiler would make of it.
        builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        return builder.start();
    }

    String output() throws IOException {
        return Files.exists(output) ? Files.readString(output) : "";
    }

    /** The processes that the launcher remembers for the run after it: whatever it started. */
    Stream<ProcessHandle> started() throws IOException {
        return Files.readAllLines(data.resolve("processes")).stream()
                .map(line -> Long.parseLong(line.substring(0, line.indexOf(' '))))
                .flatMap(pid -> ProcessHandle.of(pid).stream());
    }
}
