package io.headwaiter.local.services;

import java.nio.file.Path;
import java.time.Duration;

/** A process of this machine that serves others once it is ready. */
public interface LocalServer {

    /** As a sentence begins with it. */
    String name();

    GuardedProcess process();

    /** Where it says why it cannot go on. */
    Path log();

    boolean isReady();

    default long pid() {
        return process().pid();
    }

    /** Asks it to stop. Says whether it did in time; if not, it was killed. */
    default boolean stop(Duration patience) {
        return process().stop(patience);
    }

    /** Returns when it is ready. */
    default void awaitReady(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!isReady()) {
            if (!process().isAlive()) {
                throw new DidNotStart(name() + " ended before it was ready", log());
            }
            if (System.nanoTime() > end) {
                process().kill();
                throw new DidNotStart(name() + " was not ready after " + limit.toSeconds() + " s", log());
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while " + name() + " started", e);
            }
        }
    }
}
