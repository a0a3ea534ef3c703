package io.headwaiter.local.run;

import io.headwaiter.local.services.GuardedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/**
 * The processes of a run whose launcher was killed: their guards are stopping them, which may take some seconds, and
 * until then the next run has neither the ports nor the data.
 */
final class LeftBehind {

    private static final Duration LIMIT = Duration.ofSeconds(45);
    // A process's start is known to the clock tick; a process id may belong to somebody else since.
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final Path file;

    LeftBehind(Path folder) {
        this.file = folder.resolve("processes");
    }

    /** Waits for what an earlier run left, then forgets it. */
    void await(Progress progress) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        var left = Files.readAllLines(file);
        if (left.stream().anyMatch(LeftBehind::isAlive)) {
            progress.say("waiting for what an earlier run left behind to end");
            Instant end = Instant.now().plus(LIMIT);
            while (left.stream().anyMatch(LeftBehind::isAlive) && Instant.now().isBefore(end)) {
                Pause.briefly();
            }
        }
        Files.delete(file);
    }

    void remember(GuardedProcess process) {
        var started = ProcessHandle.of(process.pid())
                .flatMap(handle -> handle.info().startInstant())
                .orElseGet(Instant::now);
        try {
            Files.writeString(
                    file,
                    process.pid() + " " + started.toEpochMilli() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isAlive(String line) {
        var parts = line.split(" ", -1);
        var started = Instant.ofEpochMilli(Long.parseLong(parts[1]));
        return ProcessHandle.of(Long.parseLong(parts[0]))
                .filter(ProcessHandle::isAlive)
                .flatMap(handle -> handle.info().startInstant())
                .filter(since -> Duration.between(since, started).abs().compareTo(TOLERANCE) < 0)
                .isPresent();
    }
}
