package io.headwaiter.local.faults.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Has one process see another time of day than all others, by a library that is loaded into it before the system's own. The library
 * is made on this machine, by its C compiler.
 */
public final class WrongClock {

    private final Path library;

    private WrongClock(Path library) {
        this.library = library;
    }

    /** Empty: this machine is no Linux with a C compiler. */
    public static Optional<WrongClock> made(Path folder) {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.empty();
        }
        Path source = folder.resolve("wrong_clock.c");
        Path library = folder.resolve("wrong_clock.so");
        try (var program = Objects.requireNonNull(WrongClock.class.getResourceAsStream("wrong_clock.c"))) {
            Files.write(source, program.readAllBytes());
            int status = new ProcessBuilder(
                            "cc", "-shared", "-fPIC", "-O1", "-o", library.toString(), source.toString(), "-ldl")
                    .inheritIO()
                    .start()
                    .waitFor();
            return status == 0 ? Optional.of(new WrongClock(library.toAbsolutePath())) : Optional.empty();
        } catch (IOException noCompiler) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(stopped));
        }
    }

    /** For the environment of the process. */
    public Map<String, String> off(Duration by) {
        return Map.of("LD_PRELOAD", library.toString(), "WRONG_CLOCK_SECONDS", Long.toString(by.toSeconds()));
    }
}
