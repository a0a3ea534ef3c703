package io.headwaiter.rules;

import static io.headwaiter.rules.RejectionReason.CLOSED;
import static io.headwaiter.rules.RejectionReason.OFF_SLOT_GRID;
import static io.headwaiter.rules.RejectionReason.TABLE_TOO_LARGE;
import static io.headwaiter.rules.RejectionReason.TABLE_TOO_SMALL;
import static io.headwaiter.rules.RejectionReason.TABLE_UNKNOWN;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether a reservation made under other rules would stand under these. It is never taken away for that: the house only
 * wants to know. What was asked of the moment of booking (notice, horizon) and what others take play no part.
 */
public final class StillFits {

    private StillFits() {}

    /**
     * Why it would not, by the first reason in their published order; empty when it would.
     *
     * @param stay as it was promised. When a party of its size is given more time now, the house must be open for that, too
     */
    public static Optional<RejectionReason> whyNot(FloorPlan plan, Interval stay, int guests, long tableId) {
        if (!isOpenFor(plan, stay, guests)) {
            return Optional.of(CLOSED);
        }
        if (!SlotGrid.has(plan, stay.start())) {
            return Optional.of(OFF_SLOT_GRID);
        }
        DiningTable table = plan.table(tableId).filter(DiningTable::active).orElse(null);
        if (table == null) {
            return Optional.of(TABLE_UNKNOWN);
        }
        if (table.capacity() < guests) {
            return Optional.of(TABLE_TOO_SMALL);
        }
        return table.smallestParty() > guests ? Optional.of(TABLE_TOO_LARGE) : Optional.empty();
    }

    private static boolean isOpenFor(FloorPlan plan, Interval stay, int guests) {
        Instant now = plan.stay(stay.start(), guests).end();
        Interval longer = stay.end().isBefore(now) ? new Interval(stay.start(), now) : stay;
        return OpeningHours.around(plan, longer).cover(longer);
    }
}
