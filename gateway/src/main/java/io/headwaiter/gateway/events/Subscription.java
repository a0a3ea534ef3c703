package io.headwaiter.gateway.events;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What comes for one stream, from a certain offset on and in order, until it ends. {@link LiveEvents} fills it, one call at a time; the
 * stream's own thread takes out.
 */
final class Subscription implements AutoCloseable {

    /** Wakes whoever waits for the next event. */
    private static final Frame END = new Frame(new EventId(0, -1), "", new byte[0]);

    private final LiveEvents live;
    private final String restaurant;
    private final Earshot earshot;
    private final long from;
    private final int most;
    private final Backlogs backlogs;
    private final BlockingQueue<Frame> queue = new LinkedBlockingQueue<>();
    private volatile @Nullable Ending ending;

    /** @param most events that it holds */
    Subscription(LiveEvents live, String restaurant, Earshot earshot, long from, int most, Backlogs backlogs) {
        this.live = live;
        this.restaurant = restaurant;
        this.earshot = earshot;
        this.from = from;
        this.most = most;
        this.backlogs = backlogs;
    }

    String restaurant() {
        return restaurant;
    }

    /** Every event from this offset on is told. */
    long from() {
        return from;
    }

    /** @param full whether all together are behind too far: then none may be behind at all */
    void hear(PublishedEvent event, boolean full) {
        Frame frame = ending == null && earshot.reaches(event) ? event.frame().orElse(null) : null;
        if (frame == null) {
            return;
        }
        if (queue.size() >= most || (full && !queue.isEmpty())) {
            end(Ending.SLOW);
            return;
        }
        backlogs.hold(frame);
        queue.add(frame);
    }

    /** What is not told yet is dropped: the client has the place from where to resume. */
    void end(Ending why) {
        if (ending == null) {
            ending = why;
            drop();
            queue.add(END);
        }
    }

    private void drop() {
        for (Frame frame = queue.poll(); frame != null; frame = queue.poll()) {
            if (frame != END) {
                backlogs.release(frame);
            }
        }
    }

    /** Why no more will come; null as long as more may. */
    @Nullable
    Ending ending() {
        return ending;
    }

    /** Whether there is nothing to take out now. */
    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** The next event; null when none came in time, or none will. */
    @Nullable
    Frame next(Duration atMost) {
        try {
            Frame frame = queue.poll(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS);
            if (frame == null || frame == END) {
                return null;
            }
            backlogs.release(frame);
            return frame;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            end(Ending.STOPPING);
            return null;
        }
    }

    @Override
    public void close() {
        live.leave(this);
        drop();
    }
}
