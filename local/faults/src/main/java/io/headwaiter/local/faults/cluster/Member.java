package io.headwaiter.local.faults.cluster;

import io.headwaiter.local.services.DidNotStart;
import io.headwaiter.local.services.LocalServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One process of the cluster. When it ends, it is started again in its place, as an orchestrator does it, unless it is to be down. */
public final class Member {

    private static final Executor SOON = CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String name;
    private final Supplier<? extends LocalServer> launch;
    private @Nullable LocalServer server;
    private boolean wanted;
    private int started;

    Member(String name, Supplier<? extends LocalServer> launch) {
        this.name = name;
        this.launch = launch;
    }

    public String name() {
        return name;
    }

    /** Starts it. Returns at once. */
    public synchronized void up() {
        if (!wanted) {
            wanted = true;
            launch();
        }
    }

    private synchronized void launch() {
        LocalServer launched = launch.get();
        server = launched;
        started++;
        // Soon, so that one that ends at once does not take the whole machine.
        var unused = launched.process().onExit().thenRun(() -> SOON.execute(() -> ended(launched)));
    }

    private synchronized void ended(LocalServer ended) {
        if (wanted && server == ended) {
            launch();
        }
    }

    /** How often it was started. */
    public synchronized int started() {
        return started;
    }

    private synchronized LocalServer server() {
        if (server == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return server;
    }

    /** As {@code kill -9} does it. It comes back. */
    public void kill() {
        server().process().kill();
    }

    /** As {@code kill -9} does it. It does not come back before {@link #up}. */
    public void killForGood() {
        synchronized (this) {
            wanted = false;
        }
        kill();
    }

    /** Asks it to end, and waits. It does not come back before {@link #up}. */
    public void down() {
        synchronized (this) {
            wanted = false;
        }
        server().stop(PATIENCE);
    }

    /** Asks it to end, and returns. It comes back. */
    public void leave() {
        server().process().signal("TERM");
    }

    /** Stops it where it is, as {@code kill -STOP} does. */
    public void freeze() {
        server().process().signal("STOP");
    }

    public void thaw() {
        server().process().signal("CONT");
    }

    public boolean isReady() {
        LocalServer running = server();
        return running.process().isAlive() && running.isReady();
    }

    /** Returns when it serves, after however many starts. */
    public void awaitReady(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!isReady()) {
            if (System.nanoTime() > end) {
                throw new DidNotStart(name + " was not ready after " + limit.toSeconds() + " s", server().log());
            }
            Await.aMoment();
        }
    }
}
