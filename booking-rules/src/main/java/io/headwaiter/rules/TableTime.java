package io.headwaiter.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is taken at one table, by start. Nothing here overlaps when the database is asked, whose constraint sees to it;
 * the answers are right even when something does.
 */
final class TableTime {

    private final List<Occupancy> taken = new ArrayList<>();
    /** The latest end of {@code taken[0..i]}: all there is to know about the past of {@code i} in one place. */
    private final List<Instant> takenUntil = new ArrayList<>();

    void add(Occupancy o) {
        int at = firstFrom(o.start());
        taken.add(at, o);
        takenUntil.add(at, o.end());
        renewFrom(at);
    }

    void remove(Occupancy o) {
        int at = taken.indexOf(o);
        if (at >= 0) {
            taken.remove(at);
            takenUntil.remove(at);
            renewFrom(at);
        }
    }

    boolean isFree(Interval wanted) {
        return !takenUntil(firstFrom(wanted.end())).isAfter(wanted.start());
    }

    @Nullable
    Occupancy inTheWay(Interval wanted) {
        Occupancy latest = null;
        for (int i = firstFrom(wanted.end()) - 1; i >= 0 && takenUntil.get(i).isAfter(wanted.start()); i--) {
            Occupancy o = taken.get(i);
            if (o.end().isAfter(wanted.start()) && (latest == null || o.takenBy() >= latest.takenBy())) {
                latest = o;
            }
        }
        return latest;
    }

    long gapNanos(Interval wanted, long cap) {
        int next = firstFrom(wanted.end());
        long before = nanosBetween(takenUntil(next), wanted.start(), cap);
        long after = next == taken.size()
                ? cap
                : nanosBetween(wanted.end(), taken.get(next).start(), cap);
        return before + after;
    }

    /** The index of the first that starts at {@code time} or later. */
    private int firstFrom(Instant time) {
        int low = 0;
        int high = taken.size();
        // Most of what is added comes in order, and belongs at the end.
        if (high == 0 || taken.get(high - 1).start().isBefore(time)) {
            return high;
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (taken.get(middle).start().isBefore(time)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** When the last of those before {@code index} ends; the beginning of time when there are none. */
    private Instant takenUntil(int index) {
        return index == 0 ? Instant.MIN : takenUntil.get(index - 1);
    }

    private void renewFrom(int index) {
        for (int i = index; i < taken.size(); i++) {
            Instant before = takenUntil(i);
            Instant end = taken.get(i).end();
            takenUntil.set(i, end.isAfter(before) ? end : before);
        }
    }

    /** By hand, since a {@code Duration} would be an allocation, and nanoseconds between far instants do not fit a long. */
    private static long nanosBetween(Instant from, Instant to, long cap) {
        long seconds = to.getEpochSecond() - from.getEpochSecond();
        if (seconds > cap / 1_000_000_000) {
            return cap;
        }
        if (seconds < 0) {
            return 0;
        }
        return Math.clamp(seconds * 1_000_000_000 + to.getNano() - from.getNano(), 0, cap);
    }
}
