package io.headwaiter.local.foreignclients;

import io.headwaiter.local.services.GuardedProcess;
import io.headwaiter.local.services.GuardedProcess.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** A program of somebody else's, as a process that ends with this JVM at the latest. What it says is in a file. */
final class Program implements AutoCloseable {

    private final String name;
    private final Path output;
    private final GuardedProcess process;

    private Program(String name, Path output, GuardedProcess process) {
        this.name = name;
        this.output = output;
        this.process = process;
    }

    static Program start(Path folder, String... command) {
        try {
            Path output = Files.createTempFile(Files.createDirectories(folder), "output-", ".txt");
            String inFolder = "cd '" + folder + "' && exec \"$@\"";
            List<String> whole = new ArrayList<>(List.of("sh", "-c", inFolder, "sh"));
            whole.addAll(List.of(command));
            return new Program(
                    String.join(" ", command),
                    output,
                    GuardedProcess.start(Launch.of(whole, output).withEnvironment(Map.of("NO_COLOR", "1"))));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What it has said, once it has ended well. */
    String result(Duration patience) {
        if (!endsWell(patience)) {
            throw new AssertionError(name + " failed: " + said());
        }
        return said();
    }

    boolean endsWell(Duration patience) {
        try {
            return process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS) == 0;
        } catch (TimeoutException stillRunning) {
            close();
            return false;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Its lines, once there are so many. */
    List<String> lines(int count, Duration patience) {
        await(patience, () -> said().lines().count() >= count && said().endsWith("\n"));
        return said().lines().toList();
    }

    /** Returns when one of its lines has this in it. */
    void awaitLine(String part, Duration patience) {
        await(patience, () -> said().contains(part) && said().endsWith("\n"));
    }

    private void await(Duration patience, Callable<Boolean> condition) {
        Awaitility.await(name)
                .atMost(patience)
                .pollInterval(Duration.ofMillis(50))
                .failFast(this::hasNotEndedBefore)
                .until(condition);
    }

    private void hasNotEndedBefore() {
        if (!process.isAlive()) {
            throw new AssertionError(name + " ended: " + said());
        }
    }

    String said() {
        try {
            return Files.readString(output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        process.stop(Duration.ofSeconds(5));
    }
}
