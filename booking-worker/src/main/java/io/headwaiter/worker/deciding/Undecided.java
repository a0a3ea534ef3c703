package io.headwaiter.worker.deciding;

import io.headwaiter.rules.Ask;
import io.headwaiter.rules.Confirmed;
import io.headwaiter.rules.Decision;
import io.headwaiter.rules.DiningTable;
import io.headwaiter.rules.FloorPlan;
import io.headwaiter.schemas.PlaceBooking;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request while its batch is being decided. Confined to that transaction's thread. */
final class Undecided {

    /** To look at fewer tables saves nothing. */
    private static final int FEWEST_FIRST_CHOICES = 20;

    final Submitted submitted;
    final PlaceBooking asked;

    /** Null when there is no such restaurant. */
    final @Nullable FloorPlan plan;

    boolean clientKnown = true;

    /** Set when its first choices turn out to be taken: from then on it is decided on a look at every table. */
    boolean beyondFirstChoices;

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

    /** The tables whose time is looked at for it. In a small room these are all that seat the party. */
    List<DiningTable> choices() {
        if (plan == null) {
            return List.of();
        }
        if (asked.tableId() != null) {
            return plan.table(asked.tableId()).stream().toList();
        }
        return beyondFirstChoices
                ? plan.tablesFor(asked.guests())
                : plan.firstChoices(asked.guests(), FEWEST_FIRST_CHOICES);
    }

    /** It was given a table that was never looked at, and may be taken. */
    boolean isGuessed() {
        Confirmed given = confirmed();
        return given != null && !choices().contains(given.table());
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
