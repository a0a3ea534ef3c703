package io.headwaiter.local.benchmark;

import java.net.URI;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Callers who know nothing of each other: each asks when its time has come, whether or not those before are answered, and is timed
 * from when it was due. So a pause makes all that come in it late, and nothing is left out because the generator waited.
 */
final class OpenLoop implements AutoCloseable {

    /** So many may be unanswered at once. More are a collapse, which is told by their lateness all the same. */
    private static final int UNANSWERED = 4_000;

    private static final long LAST_ANSWERS = 60_000_000_000L;

    private final Connections connections;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final Semaphore places = new Semaphore(UNANSWERED);
    private final AtomicInteger unanswered = new AtomicInteger();

    OpenLoop(URI server) {
        connections = new Connections(server);
    }

    /** When each is due. */
    interface Schedule {

        /** @return nanoseconds from the start; each not before the one before it */
        long due(int number);
    }

    /** What each wants. */
    interface Asking {

        void ask(int number, long due);
    }

    static Schedule aSecond(int count) {
        return number -> number * 1_000_000_000L / count;
    }

    /** Returns when the last is on its way. */
    void run(int count, Schedule schedule, Asking asking) {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + schedule.due(i);
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            asking.ask(i, due);
        }
    }

    /** Over whichever connection is free. */
    void send(byte[] request, long due, Connection.Caller caller) {
        places.acquireUninterruptibly();
        unanswered.incrementAndGet();
        Connection free = idle.poll();
        (free == null ? connections.open() : free).send(request, due, (connection, status, asked) -> {
            caller.answered(connection, status, asked);
            idle.push(connection);
            places.release();
            unanswered.decrementAndGet();
        });
    }

    /** Returns when all are answered, or nobody will be any more. */
    void awaitAnswers() {
        long end = System.nanoTime() + LAST_ANSWERS;
        while (unanswered.get() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        awaitAnswers();
        connections.close();
    }
}
