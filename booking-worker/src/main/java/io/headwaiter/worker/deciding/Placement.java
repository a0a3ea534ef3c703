package io.headwaiter.worker.deciding;

import io.headwaiter.rules.Ask;
import io.headwaiter.rules.Confirmed;
import io.headwaiter.rules.DecideBooking;
import io.headwaiter.rules.Decision;
import io.headwaiter.rules.DiningTable;
import io.headwaiter.rules.FloorPlan;
import io.headwaiter.rules.Interval;
import io.headwaiter.rules.Ledger;
import io.headwaiter.rules.Occupancy;
import io.headwaiter.schemas.PlaceBooking;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table for a party. */
final class Placement extends Undecided {

    final PlaceBooking asked;

    boolean clientKnown = true;

    /** Set once the table's time is taken in the database. */
    @Nullable
    Long reservationId;

    @Nullable
    Long clientId;

    Placement(Submitted submitted, PlaceBooking asked, @Nullable FloorPlan plan) {
        super(submitted, plan);
        this.asked = asked;
        this.clientId = asked.clientId();
    }

    private Ask ask() {
        return new Ask(asked.start(), asked.guests(), asked.tableId(), Boolean.TRUE.equals(asked.override()));
    }

    /** In a small room these are all that seat the party. */
    @Override
    List<Long> choices(FloorPlan known) {
        if (asked.tableId() != null) {
            return List.of(asked.tableId());
        }
        List<DiningTable> tables = beyondFirstChoices
                ? known.tablesFor(asked.guests())
                : known.firstChoices(asked.guests(), FEWEST_FIRST_CHOICES);
        return tables.stream().map(DiningTable::id).toList();
    }

    @Override
    Interval window(FloorPlan known) {
        Interval occupancy = known.occupancy(asked.start(), asked.guests());
        // When nothing is chosen, only what overlaps matters.
        return asked.tableId() == null ? known.ledgerWindow(occupancy) : known.overlapWindow(occupancy);
    }

    @Override
    Decision decide(FloorPlan known, Instant now, Ledger others) {
        reservationId = null;
        return DecideBooking.decide(known, ask(), now, clientKnown, others);
    }

    /** What it was given, of one that is known to be confirmed. */
    Confirmed given() {
        return (Confirmed) decision();
    }

    @Override
    List<Occupancy> holds() {
        return List.of();
    }

    @Override
    List<Interval> heldAfter(Decision made) {
        return List.of(((Confirmed) made).occupancy());
    }

    @Override
    long tableAfter(Decision made) {
        return ((Confirmed) made).table().id();
    }

    @Override
    @Nullable
    Long holder() {
        return reservationId;
    }
}
