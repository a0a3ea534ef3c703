package io.headwaiter.local.services;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that ended, or stayed silent, before it was ready. The message names its log and quotes its end. */
public final class DidNotStart extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final int QUOTED_LINES = 8;

    public DidNotStart(String reason, Path log) {
        super(reason + ". Its log " + log + " ends with:\n" + end(log));
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
