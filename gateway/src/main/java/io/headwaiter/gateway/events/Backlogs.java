package io.headwaiter.gateway.events;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that the events take which streams are still to write. One that several are to write counts once. */
final class Backlogs {

    private final long most;
    private final AtomicLong bytes = new AtomicLong();

    Backlogs(long most) {
        this.most = most;
    }

    boolean isFull() {
        return bytes.get() >= most;
    }

    void hold(Frame frame) {
        if (frame.holders.getAndIncrement() == 0) {
            bytes.addAndGet(frame.bytes().length);
        }
    }

    void release(Frame frame) {
        if (frame.holders.decrementAndGet() == 0) {
            bytes.addAndGet(-frame.bytes().length);
        }
    }
}
