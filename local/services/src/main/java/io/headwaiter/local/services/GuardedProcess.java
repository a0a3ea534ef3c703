package io.headwaiter.local.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A child process that outlives Ctrl-C, but not this JVM, however this JVM ends.
 *
 * <p>Ctrl-C reaches every process of the terminal's foreground group at once. A child that is to be stopped in its turn
 * must not hear it, so it gets a session of its own. (To ignore the signal is not enough: PostgreSQL takes it back.) And
 * a JVM that is killed with -9 runs no shutdown hook, so somebody else must notice:
 *
 * <pre>
 *   this JVM --- pipe ---> guard (a shell that reads until the pipe ends)
 *       '------ parent ---> the child  <--- stop signal, and after half a minute KILL, from the guard
 * </pre>
 *
 * The pipe ends when this JVM closes it or dies. That is the one way a child is stopped, so the rare case is the same
 * as the usual one. Nothing here works on Windows.
 */
public final class GuardedProcess {

    // The guard is forked twice, so that it is no child of the process it guards (PostgreSQL looks at every child it
    // reaps). `exec` keeps the process id: $$ is the child's. It is asked again each second, because one that has only
    // just begun may not listen yet.
    private static final String GUARD =
            """
            signal=$1 deleted=$2
            shift 2
            exec 3<&0
            ( (
              trap '' INT HUP TERM
              while read -r line; do :; done
              left=150
              while [ "$left" -gt 0 ]; do
                [ $((left % 5)) -ne 0 ] || kill -s "$signal" $$
                sleep 0.2
                kill -0 $$ || break
                left=$((left - 1))
              done
              kill -s KILL $$
              [ -z "$deleted" ] || rm -rf "$deleted"
            ) <&3 >/dev/null 2>&1 & )
            exec "$@" </dev/null 3<&-
            """;

    // Both keep the process id, too. macOS has no setsid, but a Perl.
    private static final List<String> OWN_SESSION =
            System.getProperty("os.name").equals("Linux")
                    ? List.of("setsid")
                    : List.of("perl", "-e", "use POSIX 'setsid'; setsid(); exec {$ARGV[0]} @ARGV or die");

    private final Process process;

    private GuardedProcess(Process process) {
        this.process = process;
    }

    /**
     * What to start, and how it ends.
     *
     * @param output a file that standard output and error are appended to
     * @param stopSignal what asks it to stop, as `kill -s` takes it
     * @param deletedAfter a directory that is deleted when it has stopped; the empty path for none
     */
    public record Launch(
            List<String> command, Map<String, String> environment, Path output, String stopSignal, Path deletedAfter) {

        public static Launch of(List<String> command, Path output) {
            return new Launch(List.copyOf(command), Map.of(), output, "TERM", Path.of(""));
        }

        /** Variables on top of this JVM's own. */
        public Launch withEnvironment(Map<String, String> variables) {
            return new Launch(command, Map.copyOf(variables), output, stopSignal, deletedAfter);
        }

        public Launch stoppedBy(String signal) {
            return new Launch(command, environment, output, signal, deletedAfter);
        }

        public Launch thenDeleting(Path directory) {
            return new Launch(command, environment, output, stopSignal, directory);
        }
    }

    public static GuardedProcess start(Launch launch) {
        var command = new ArrayList<>(OWN_SESSION);
        command.addAll(List.of("sh", "-c", GUARD, "guard", launch.stopSignal()));
        command.add(launch.deletedAfter().toString());
        command.addAll(launch.command());
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.output().toFile()));
        builder.environment().putAll(launch.environment());
        try {
            Files.createDirectories(launch.output().toAbsolutePath().getParent());
            return new GuardedProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with the exit status. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Asks the process to stop and waits; when `patience` is over, kills it. Says whether asking was enough. */
    public boolean stop(Duration patience) {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyBroken) {
            // The guard has gone, so nobody will ask in our place.
            process.destroy();
        }
        if (ended(patience)) {
            return true;
        }
        kill();
        return false;
    }

    /** Kills the process as `kill -9` does, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        ended(Duration.ofSeconds(10));
    }

    /** Sends it a signal, by the name that `kill -s` takes. */
    public void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-s", signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean ended(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }
}
