package io.headwaiter.rules;

import static io.headwaiter.rules.RejectionReason.IN_THE_PAST;
import static io.headwaiter.rules.RejectionReason.TABLE_TAKEN;
import static io.headwaiter.rules.RejectionReason.TABLE_UNKNOWN;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Decides whether the house may keep a table for itself for a time. It asks no rule of its own; only what is taken binds it. */
public final class DecideBlock {

    private DecideBlock() {}

    /** @param taken what is taken at the table in that time, at least */
    public static Decision decide(FloorPlan plan, long tableId, Interval time, Instant now, Ledger taken) {
        if (!time.end().isAfter(now)) {
            return new Rejected(IN_THE_PAST, null);
        }
        DiningTable table = plan.table(tableId).filter(DiningTable::active).orElse(null);
        if (table == null) {
            return new Rejected(TABLE_UNKNOWN, null);
        }
        Occupancy inTheWay = taken.inTheWay(tableId, time).orElse(null);
        return inTheWay == null
                ? new Blocked(table, pieces(time, plan.longestOccupancy()))
                : new Rejected(TABLE_TAKEN, inTheWay);
    }

    private static List<Interval> pieces(Interval time, Duration longest) {
        List<Interval> pieces = new ArrayList<>();
        for (Instant from = time.start(); from.isBefore(time.end()); from = from.plus(longest)) {
            Instant end = from.plus(longest);
            pieces.add(new Interval(from, end.isBefore(time.end()) ? end : time.end()));
        }
        return pieces;
    }
}
