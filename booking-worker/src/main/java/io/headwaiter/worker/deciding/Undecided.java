package io.headwaiter.worker.deciding;

import io.headwaiter.rules.Ask;
import io.headwaiter.rules.Confirmed;
import io.headwaiter.rules.Decision;
import io.headwaiter.rules.FloorPlan;
import io.headwaiter.schemas.PlaceBooking;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request while its batch is being decided. Confined to that transaction's thread. */
final class Undecided {

    final Submitted submitted;
    final PlaceBooking asked;

    /** Null when there is no such restaurant. */
    final @Nullable FloorPlan plan;

    boolean clientKnown = true;

    @Nullable
    Decision decision;

    /** Set once the table's time is taken in the database: from then on the decision stands. */
    @Nullable
    Long reservationId;

    @Nullable
    Long clientId;

    Undecided(Submitted submitted, @Nullable FloorPlan plan) {
        this.submitted = submitted;
        this.asked = submitted.message().asked();
        this.plan = plan;
        this.clientId = asked.clientId();
    }

    long restaurantId() {
        return asked.restaurantId();
    }

    Ask ask() {
        return new Ask(asked.start(), asked.guests(), asked.tableId());
    }

    /** What it was given; null when it was refused. */
    @Nullable
    Confirmed confirmed() {
        return decision instanceof Confirmed confirmed ? confirmed : null;
    }

    /** What it was given, of one that is known to be confirmed. */
    Confirmed given() {
        return (Confirmed) Objects.requireNonNull(decision);
    }
}
