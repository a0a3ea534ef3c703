package io.headwaiter.local.services;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A broker or database that ended, or stayed silent, before it was ready. The message names its log and quotes its end. */
public final class DidNotStart extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final int QUOTED_LINES = 8;

    private DidNotStart(String message) {
        super(message);
    }

    /** Returns as soon as `ready` holds. */
    static void unless(BooleanSupplier ready, GuardedProcess process, String name, Path log, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!ready.getAsBoolean()) {
            if (!process.isAlive()) {
                throw because(name + " ended before it was ready", log);
            }
            if (System.nanoTime() > end) {
                process.kill();
                throw because(name + " was not ready after " + limit.toSeconds() + " s", log);
            }
            pause();
        }
    }

    static DidNotStart because(String reason, Path log) {
        return new DidNotStart(reason + ". Its log " + log + " ends with:\n" + end(log));
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while something started", e);
        }
    }

    private static String end(Path log) {
        try {
            var lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - QUOTED_LINES), lines.size()));
        } catch (IOException e) {
            return "(unreadable: " + e.getMessage() + ")";
        }
    }
}
