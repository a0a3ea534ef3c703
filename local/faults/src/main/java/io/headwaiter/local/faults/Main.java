package io.headwaiter.local.faults;

/**
 * Runs everything, breaks it on purpose, and says whether what is promised held: ends with status 1 when it did not.
 */
public final class Main {

    private Main() {}

    public static void main(String... args) {
        if (Boolean.getBoolean("headwaiter.stop-with-parent")) {
            // Maven may be killed. What runs here has then lost whoever wanted to know.
            ProcessHandle.current().parent().ifPresent(maven -> maven.onExit().thenRun(() -> System.exit(1)));
        }
        System.exit(new Run(Settings.fromSystemProperties()).run().isEmpty() ? 0 : 1);
    }
}
