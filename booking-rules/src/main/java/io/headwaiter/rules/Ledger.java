package io.headwaiter.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is taken at one restaurant. It holds what its reader put in, so it answers for the times that were read
 * ({@link FloorPlan#ledgerWindow}) and no others. For one thread.
 *
 * <p>A crowded room asks every table for one party, so looking up a table, and whether it is free, allocates nothing.
 */
public final class Ledger {

    private static final TableTime NOTHING_TAKEN = new TableTime();

    /** The tables that anything was ever added for, ascending. Each one's time is at the same index of {@code times}. */
    private long[] tableIds = new long[16];

    private final List<TableTime> times = new ArrayList<>();

    public void add(Occupancy o) {
        int at = indexOf(o.tableId());
        if (at < 0) {
            at = -at - 1;
            insert(at, o.tableId());
        }
        times.get(at).add(o);
    }

    /** Takes out one that is equal, {@code takenBy} included. What is not there need not be taken out. */
    public void remove(Occupancy o) {
        time(o.tableId()).remove(o);
    }

    /** Of what overlaps the wanted time at the table, the latest taken; of those taken together, the earliest. */
    public Optional<Occupancy> inTheWay(long tableId, Interval wanted) {
        return Optional.ofNullable(time(tableId).inTheWay(wanted));
    }

    public boolean isFree(long tableId, Interval wanted) {
        return time(tableId).isFree(wanted);
    }

    /**
     * The free time that would be left before and after, together, if the wanted time were taken. Each side counts up
     * to {@code cap}. A side that is not free counts nothing.
     */
    public Duration gapAround(long tableId, Interval wanted, Duration cap) {
        return Duration.ofNanos(gapNanos(tableId, wanted, cap.toNanos()));
    }

    long gapNanos(long tableId, Interval wanted, long capNanos) {
        return time(tableId).gapNanos(wanted, capNanos);
    }

    private TableTime time(long tableId) {
        int at = indexOf(tableId);
        return at < 0 ? NOTHING_TAKEN : times.get(at);
    }

    private int indexOf(long tableId) {
        return Arrays.binarySearch(tableIds, 0, times.size(), tableId);
    }

    private void insert(int at, long tableId) {
        if (times.size() == tableIds.length) {
            tableIds = Arrays.copyOf(tableIds, 2 * tableIds.length);
        }
        System.arraycopy(tableIds, at, tableIds, at + 1, times.size() - at);
        tableIds[at] = tableId;
        times.add(at, new TableTime());
    }
}
