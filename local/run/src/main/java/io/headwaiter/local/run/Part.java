package io.headwaiter.local.run;

import io.headwaiter.local.services.DidNotStart;
import io.headwaiter.local.services.LocalServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One of the processes: started, started again when it ends by itself (a bounded number of times), stopped. */
final class Part {

    static final int MOST_RESTARTS = 5;

    private static final Executor AFTER_A_SECOND = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private final Supplier<? extends LocalServer> launch;
    private final Progress progress;
    private @Nullable LocalServer server;
    private boolean stopping;
    private int restarts;

    Part(Supplier<? extends LocalServer> launch, Progress progress) {
        this.launch = launch;
        this.progress = progress;
    }

    /** Returns when it is ready. */
    void start(Duration limit) {
        LocalServer launched = launch();
        try {
            launched.awaitReady(limit);
        } catch (DidNotStart e) {
            throw new CannotStart(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
        progress.say(launched.name() + " is ready");
    }

    /** For one that nobody waits for. */
    void begin() {
        var unused = launch();
    }

    private synchronized LocalServer launch() {
        if (stopping) {
            throw new IllegalStateException("Stopping");
        }
        LocalServer launched = launch.get();
        server = launched;
        return launched;
    }

    /** From now on its end is not wanted. `giveUp` is told when it ended once too often. */
    void keepRunning(Consumer<CannotStart> giveUp) {
        LocalServer watched;
        synchronized (this) {
            watched = server;
        }
        if (watched != null) {
            // After a second, so that what ends at once does not take the whole machine.
            var unused = watched.process()
                    .onExit()
                    .thenAccept(status -> AFTER_A_SECOND.execute(() -> ended(watched, status, giveUp)));
        }
    }

    private synchronized void ended(LocalServer ended, int status, Consumer<CannotStart> giveUp) {
        if (stopping) {
            return;
        }
        if (restarts == MOST_RESTARTS) {
            giveUp.accept(new CannotStart(ended.name() + " ended by itself once more, after " + MOST_RESTARTS
                    + " restarts. Its log says why: " + ended.log()));
            return;
        }
        restarts++;
        progress.say(ended.name() + " ended by itself (status " + status + "); starting it again, " + restarts + " of "
                + MOST_RESTARTS + " times. Its log: " + ended.log());
        try {
            launch();
        } catch (RuntimeException e) {
            giveUp.accept(new CannotStart(ended.name() + " cannot be started again: " + e.getMessage(), e));
            return;
        }
        keepRunning(giveUp);
    }

    /** Says whether it stopped in time, which it also has when it never ran; if not, it was killed. */
    boolean stop(Duration patience) {
        LocalServer stopped;
        synchronized (this) {
            stopping = true;
            stopped = server;
        }
        if (stopped == null || !stopped.process().isAlive()) {
            return true;
        }
        boolean inTime = stopped.stop(patience);
        progress.say(stopped.name() + (inTime ? " has stopped" : " did not stop in time and was killed"));
        return inTime;
    }
}
