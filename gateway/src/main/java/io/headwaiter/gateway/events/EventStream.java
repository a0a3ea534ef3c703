package io.headwaiter.gateway.events;

import io.headwaiter.gateway.GatewayProperties.Streams;
import io.headwaiter.gateway.events.KeptEvents.Piece;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream, on its caller's own thread:
 *
 * <pre>
 * what was missed, from the topic -> near the end: join what comes -> the last of what was missed -> what comes
 * </pre>
 *
 * Who joins knows from which offset on it hears everything, reads the topic up to there, and skips what it has read already: so
 * there is neither a gap nor anything twice.
 */
final class EventStream {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    /** Offsets. What is farther behind is read before joining: what comes meanwhile would pile up. */
    private static final int NEAR = 1000;

    /** So that not all clients of a gateway that stopped are back in the same moment. */
    private static final int RETRY_MILLIS = 1000;

    private final LiveEvents live;
    private final KeptEvents kept;
    private final String restaurant;
    private final int partition;
    private final Earshot earshot;
    private final BooleanSupplier keyHolds;
    private final OutputStream out;
    private final Duration heartbeat;
    private final long endsAt;
    private long beatsAt;
    /** The first offset that this stream is not past yet. */
    private long next;

    /** @param keyHolds whether its caller may go on hearing all this */
    EventStream(
            LiveEvents live,
            KeptEvents kept,
            Streams settings,
            String restaurant,
            int partition,
            Earshot earshot,
            BooleanSupplier keyHolds,
            OutputStream out) {
        this.live = live;
        this.kept = kept;
        this.restaurant = restaurant;
        this.partition = partition;
        this.earshot = earshot;
        this.keyHolds = keyHolds;
        this.out = out;
        this.heartbeat = settings.heartbeat();
        long lifetime = settings.lifetime().toNanos();
        this.endsAt = System.nanoTime() + lifetime - ThreadLocalRandom.current().nextLong(lifetime / 10 + 1);
        this.beatsAt = System.nanoTime() + heartbeat.toNanos();
    }

    /** Returns when it ended. @param last after which it goes on; null: it begins now */
    Ending run(@Nullable EventId last) {
        try {
            return last == null ? begin() : resume(last);
        } catch (KafkaException away) {
            LOG.warn(
                    "A stream cannot read what it missed, and is closed for its client to resume: {}", away.toString());
            return Ending.BROKEN;
        } catch (IOException gone) {
            return ranOutOfTime(gone) ? Ending.SLOW : Ending.LEFT;
        }
    }

    private static boolean ranOutOfTime(Throwable gone) {
        for (Throwable cause = gone; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    private Ending begin() throws IOException {
        try (Subscription joined = live.join(restaurant, partition, earshot)) {
            next = joined.from();
            open();
            return follow(joined);
        }
    }

    private Ending resume(EventId last) throws IOException {
        next = last.offset() + 1;
        open();
        while (live.next(partition) - next > NEAR) {
            Ending over = catchUp(live.next(partition));
            if (over != null) {
                return over;
            }
        }
        try (Subscription joined = live.join(restaurant, partition, earshot)) {
            Ending over = catchUp(joined.from());
            return over == null ? follow(joined) : over;
        }
    }

    /** @return why it is over; null when all is told up to there */
    private @Nullable Ending catchUp(long until) throws IOException {
        while (next < until) {
            Piece piece = kept.read(partition, restaurant, next, until);
            for (PublishedEvent event : piece.events()) {
                Frame frame = earshot.reaches(event) ? event.frame().orElse(null) : null;
                if (frame != null) {
                    out.write(frame.bytes());
                }
            }
            next = piece.next();
            // Others' events may be all there was; it need not look through them again.
            write(id(next));
            out.flush();
            Ending over = live.isClosed() ? Ending.STOPPING : over();
            if (over != null) {
                return over;
            }
        }
        return null;
    }

    private Ending follow(Subscription joined) throws IOException {
        while (true) {
            Frame frame = joined.next(untilSomethingIsDue());
            if (frame != null) {
                if (frame.offset() >= next) {
                    out.write(frame.bytes());
                }
                if (joined.isEmpty()) {
                    out.flush();
                }
            }
            boolean beats = System.nanoTime() - beatsAt >= 0;
            Ending over = joined.ending() == null ? over() : joined.ending();
            if (over != null) {
                return over;
            }
            if (beats) {
                beat(joined);
            }
        }
    }

    private Duration untilSomethingIsDue() {
        long now = System.nanoTime();
        return Duration.ofNanos(Math.min(beatsAt - now, endsAt - now));
    }

    /** Looks at the key whenever a heartbeat is due. */
    private @Nullable Ending over() {
        long now = System.nanoTime();
        if (now - endsAt >= 0) {
            return Ending.LIFETIME;
        }
        if (now - beatsAt < 0) {
            return null;
        }
        beatsAt = now + heartbeat.toNanos();
        return keyHolds.getAsBoolean() ? null : Ending.KEY;
    }

    private void beat(Subscription joined) throws IOException {
        long heard = Math.max(next, live.next(partition));
        // All before that was told, unless it is still to be written, or was dropped.
        boolean toldAll = joined.isEmpty() && joined.ending() == null;
        write(": heartbeat\n" + (toldAll ? id(heard) : "\n"));
        out.flush();
    }

    private void open() throws IOException {
        write("retry: " + (RETRY_MILLIS + ThreadLocalRandom.current().nextInt(RETRY_MILLIS)) + "\n" + id(next));
        out.flush();
    }

    /** Moves the client's last id on without an event. */
    private String id(long untilOffset) {
        return "id: " + new EventId(partition, untilOffset - 1) + "\n\n";
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
