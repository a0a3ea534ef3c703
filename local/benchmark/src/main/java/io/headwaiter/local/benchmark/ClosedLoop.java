package io.headwaiter.local.benchmark;

import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Callers of whom each asks again as soon as it is answered: how much can be done at all. */
final class ClosedLoop implements AutoCloseable {

    private static final int LAST_ANSWERS_SECONDS = 60;

    private final Connections connections;
    private final Supplier<byte[]> requests;
    private final Answers answers;
    private final CountDownLatch asking;
    private volatile boolean enough;

    private ClosedLoop(URI server, Supplier<byte[]> requests, int callers, Answers answers) {
        this.connections = new Connections(server);
        this.requests = requests;
        this.answers = answers;
        this.asking = new CountDownLatch(callers);
    }

    /** Returns at once. */
    static ClosedLoop start(URI server, Supplier<byte[]> requests, int callers, Answers answers) {
        ClosedLoop loop = new ClosedLoop(server, requests, callers, answers);
        for (int i = 0; i < callers; i++) {
            loop.ask(loop.connections.open());
        }
        return loop;
    }

    private void ask(Connection connection) {
        connection.send(requests.get(), System.nanoTime(), this::answered);
    }

    private void answered(Connection connection, int status, long asked) {
        answers.add(status, asked);
        // Nobody there: to ask on would only count failures.
        if (enough || status == Connection.NO_ANSWER) {
            asking.countDown();
        } else {
            ask(connection);
        }
    }

    /** Nobody asks any more; returns when all are answered. */
    @Override
    public void close() {
        enough = true;
        try {
            if (!asking.await(LAST_ANSWERS_SECONDS, TimeUnit.SECONDS)) {
                Progress.say("  %d callers were never answered".formatted(asking.getCount()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.close();
    }
}
