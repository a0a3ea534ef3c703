package io.headwaiter.local.faults.load;

import io.headwaiter.local.faults.history.Entry.Told;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** How far the callers are, for a line on the screen. */
public final class Progress {

    private final LongAdder calls = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder turnedAway = new LongAdder();
    private final AtomicInteger inFlight = new AtomicInteger();

    void called() {
        calls.increment();
        inFlight.incrementAndGet();
    }

    void told(Told told) {
        if (told.isAcknowledged()) {
            acknowledged.increment();
        } else if (told.status() == 503 || told.status() == 429) {
            turnedAway.increment();
        }
    }

    void done() {
        inFlight.decrementAndGet();
    }

    /** Retries counted. */
    public long calls() {
        return calls.sum();
    }

    /** Answers, so retries are counted here, too. */
    public long acknowledged() {
        return acknowledged.sum();
    }

    /** Answered 503 or 429. */
    public long turnedAway() {
        return turnedAway.sum();
    }

    public int inFlight() {
        return inFlight.get();
    }
}
