package io.headwaiter.local.faults.load;

import java.util.concurrent.TimeUnit;

/** So many a second. What was not used up, because everybody was waiting for something, is not made up for. */
final class Pace {

    private final long nanosEach;
    private long next = System.nanoTime();

    Pace(int perSecond) {
        this.nanosEach = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    /** Returns when it is this caller's turn. */
    void await() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(Math.max(0, turn() - System.nanoTime()));
    }

    private synchronized long turn() {
        next = Math.max(next + nanosEach, System.nanoTime());
        return next;
    }
}
