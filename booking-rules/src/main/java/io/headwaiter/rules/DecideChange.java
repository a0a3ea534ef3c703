package io.headwaiter.rules;

import static io.headwaiter.rules.RejectionReason.DEADLINE_PASSED;
import static io.headwaiter.rules.RejectionReason.STATUS_CONFLICT;
import static io.headwaiter.rules.RejectionReason.TABLE_TAKEN;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides what is asked of a booking that stands. Refusals stand in the order of {@link RejectionReason}. */
public final class DecideChange {

    private DecideChange() {}

    /**
     * Another time, party or table. A move is as good as a cancellation to a house that counted on the party, so it has the
     * same deadline.
     *
     * @param others what is taken by others, in the {@link FloorPlan#ledgerWindow} of the asked occupancy, at least
     */
    public static Decision move(FloorPlan plan, Booking booking, Move move, Instant now, Ledger others) {
        if (!booking.status().isLive()) {
            return new Rejected(STATUS_CONFLICT, null);
        }
        if (!move.staff() && isPastDeadline(plan, booking, now)) {
            return new Rejected(DEADLINE_PASSED, null);
        }
        Ask ask = move.ask(booking);
        if (ask.tableId() == null && !move.anyTable() && suits(plan, booking.tableId(), ask.guests())) {
            Ask there = new Ask(ask.start(), ask.guests(), booking.tableId(), ask.override());
            Decision decision = DecideBooking.decide(plan, there, booking, now, true, others);
            if (!(decision instanceof Rejected rejected) || rejected.reason() != TABLE_TAKEN) {
                return decision;
            }
        }
        return DecideBooking.decide(plan, ask, booking, now, true, others);
    }

    /** @param staff the house's own people ask: no deadline binds them */
    public static Decision cancel(FloorPlan plan, Booking booking, boolean staff, Instant now) {
        if (booking.status() != BookingStatus.CONFIRMED) {
            return new Rejected(STATUS_CONFLICT, null);
        }
        if (!staff && isPastDeadline(plan, booking, now)) {
            return new Rejected(DEADLINE_PASSED, null);
        }
        return new Cancelled();
    }

    /**
     * A party that left gives the rest of its time back, but for the buffer; one that never came, all of it. Whoever takes
     * that back needs the time to be free still.
     *
     * @param others what is taken by others while the booking held its table, at least
     */
    public static Decision status(FloorPlan plan, Booking booking, BookingStatus next, Instant now, Ledger others) {
        if (!booking.status().mayBecome(next)) {
            return new Rejected(STATUS_CONFLICT, null);
        }
        // Nobody is missing before they are due.
        if (next == BookingStatus.NO_SHOW && now.isBefore(booking.stay().start())) {
            return new Rejected(STATUS_CONFLICT, null);
        }
        if (!next.isLive()) {
            return new StatusChanged(next, next == BookingStatus.COMPLETED ? whatItUsed(plan, booking, now) : null);
        }
        Interval needed =
                booking.status().isLive() && booking.held() != null ? booking.held() : plan.withBuffer(booking.stay());
        Occupancy inTheWay = others.inTheWay(booking.tableId(), needed).orElse(null);
        return inTheWay == null ? new StatusChanged(next, needed) : new Rejected(TABLE_TAKEN, inTheWay);
    }

    private static @Nullable Interval whatItUsed(FloorPlan plan, Booking booking, Instant now) {
        Interval held = booking.held();
        Instant cleared = now.plusSeconds(60L * plan.bufferMinutes());
        if (held == null || !cleared.isAfter(held.start())) {
            return null;
        }
        return cleared.isBefore(held.end()) ? new Interval(held.start(), cleared) : held;
    }

    private static boolean isPastDeadline(FloorPlan plan, Booking booking, Instant now) {
        return now.isAfter(booking.stay().start().minusSeconds(60L * plan.cancellationDeadlineMinutes()));
    }

    private static boolean suits(FloorPlan plan, long tableId, int guests) {
        return plan.table(tableId)
                .filter(table -> table.active() && table.seats(guests))
                .isPresent();
    }
}
