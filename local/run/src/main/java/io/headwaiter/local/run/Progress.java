package io.headwaiter.local.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** What happens while it starts and stops, a line each, with the seconds since the launcher began. */
final class Progress {

    private final PrintStream out;
    private final long began = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    void say(String what) {
        out.printf(Locale.ROOT, "  %5.1f s  %s%n", elapsed().toMillis() / 1000.0, what);
        out.flush();
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
