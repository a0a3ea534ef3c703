package io.headwaiter.rules;

import static io.headwaiter.rules.RejectionReason.BEYOND_HORIZON;
import static io.headwaiter.rules.RejectionReason.CLIENT_UNKNOWN;
import static io.headwaiter.rules.RejectionReason.CLOSED;
import static io.headwaiter.rules.RejectionReason.IN_THE_PAST;
import static io.headwaiter.rules.RejectionReason.NO_TABLE_AVAILABLE;
import static io.headwaiter.rules.RejectionReason.OFF_SLOT_GRID;
import static io.headwaiter.rules.RejectionReason.PARTY_SIZE;
import static io.headwaiter.rules.RejectionReason.TABLE_TAKEN;
import static io.headwaiter.rules.RejectionReason.TABLE_TOO_LARGE;
import static io.headwaiter.rules.RejectionReason.TABLE_TOO_SMALL;
import static io.headwaiter.rules.RejectionReason.TABLE_UNKNOWN;
import static io.headwaiter.rules.RejectionReason.TOO_SOON;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides one request for a table. The refusals stand in their published order, that of {@link RejectionReason}. */
public final class DecideBooking {

    private DecideBooking() {}

    /**
     * The decision; what it takes is not yet in the ledger.
     *
     * @param now the database's transaction time
     * @param clientKnown false when the request names a client that the restaurant does not have
     * @param taken what is taken in the {@link FloorPlan#ledgerWindow} of the asked occupancy, at least
     */
    public static Decision decide(FloorPlan plan, Ask ask, Instant now, boolean clientKnown, Ledger taken) {
        return decide(plan, ask, null, now, clientKnown, taken);
    }

    /** @param present the booking that is to be changed: what it was granted once is not asked again */
    static Decision decide(
            FloorPlan plan, Ask ask, @Nullable Booking present, Instant now, boolean clientKnown, Ledger taken) {
        Instant start = ask.start();
        int guests = ask.guests();
        boolean byTheRules = !ask.override();
        boolean timeGranted = present != null && present.stay().start().equals(start);

        List<DiningTable> seating = plan.tablesFor(guests);
        if (seating.isEmpty() && (byTheRules || ask.tableId() == null)) {
            return refused(PARTY_SIZE);
        }
        if (!timeGranted && byTheRules) {
            if (start.isBefore(now)) {
                return refused(IN_THE_PAST);
            }
            if (start.isBefore(plan.earliestStart(now))) {
                return refused(TOO_SOON);
            }
            if (plan.isBeyondHorizon(start, now)) {
                return refused(BEYOND_HORIZON);
            }
        }
        Interval stay = present != null && timeGranted && present.guests() == guests
                ? present.stay()
                : plan.stay(start, guests);
        // Who walks in sits already when the booking is made; but nobody books what is over.
        if (!timeGranted && !stay.end().isAfter(now)) {
            return refused(IN_THE_PAST);
        }
        boolean stayGranted = present != null && present.stay().equals(stay);
        if (!stayGranted && byTheRules && !OpeningHours.around(plan, stay).cover(stay)) {
            return refused(CLOSED);
        }
        if (!timeGranted && byTheRules && !SlotGrid.has(plan, start)) {
            return refused(OFF_SLOT_GRID);
        }
        DiningTable named = null;
        if (ask.tableId() != null) {
            named = plan.table(ask.tableId()).filter(DiningTable::active).orElse(null);
            if (named == null) {
                return refused(TABLE_UNKNOWN);
            }
            if (byTheRules && named.capacity() < guests) {
                return refused(TABLE_TOO_SMALL);
            }
            if (byTheRules && named.smallestParty() > guests) {
                return refused(TABLE_TOO_LARGE);
            }
        }
        if (!clientKnown) {
            return refused(CLIENT_UNKNOWN);
        }
        Interval occupancy = plan.withBuffer(stay);
        if (named != null) {
            Occupancy inTheWay = taken.inTheWay(named.id(), occupancy).orElse(null);
            return inTheWay == null ? new Confirmed(named, stay, occupancy) : new Rejected(TABLE_TAKEN, inTheWay);
        }
        DiningTable picked = PickTable.from(plan, guests, occupancy, taken);
        return picked == null ? noneOf(seating, occupancy, taken) : new Confirmed(picked, stay, occupancy);
    }

    private static Rejected refused(RejectionReason reason) {
        return new Rejected(reason, null);
    }

    /** One a table is enough: had an offer seen any of what is in the way there, that table was not on offer. */
    private static Rejected noneOf(List<DiningTable> tables, Interval wanted, Ledger taken) {
        Map<Long, Occupancy> byTransaction = new LinkedHashMap<>();
        Occupancy latest = null;
        for (DiningTable table : tables) {
            Occupancy inTheWay = taken.inTheWay(table.id(), wanted).orElse(null);
            if (inTheWay == null) {
                continue;
            }
            byTransaction.putIfAbsent(inTheWay.takenBy(), inTheWay);
            if (latest == null || inTheWay.takenBy() > latest.takenBy()) {
                latest = inTheWay;
            }
        }
        if (latest != null) {
            byTransaction.remove(latest.takenBy());
        }
        return new Rejected(NO_TABLE_AVAILABLE, latest, List.copyOf(byTransaction.values()));
    }
}
