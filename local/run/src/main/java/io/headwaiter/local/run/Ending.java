package io.headwaiter.local.run;

import org.jspecify.annotations.Nullable;

/**
 * How the launcher ends, for whatever reason: everything is stopped in order, then the JVM halts, with status 0 when
 * that was wanted.
 */
final class Ending {

    /** Not 1, with which a JVM ends that could not even begin. */
    private static final int SAID_WHY = 2;

    private final Progress progress;
    private volatile @Nullable Everything everything;
    private volatile boolean begun;
    private volatile int status;

    Ending(Progress progress) {
        this.progress = progress;
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end"));
    }

    void stopsFirst(Everything everything) {
        this.everything = everything;
    }

    void stop() {
        System.exit(0);
    }

    /** Prints the sentence, stops everything, and ends with status 2; unless it is ending anyway. */
    void fail(String sentence) {
        if (!begun) {
            status = SAID_WHY;
            System.out.println();
            System.out.println(sentence);
            System.out.println();
            System.out.flush();
        }
        System.exit(SAID_WHY);
    }

    private void end() {
        begun = true;
        var running = everything;
        if (running != null) {
            System.out.println();
            progress.say("stopping");
            running.stop();
            progress.say("all has stopped");
        }
        // A JVM that was told to stop by a signal would else end with that signal's status, as if it had failed.
        Runtime.getRuntime().halt(status);
    }
}
