package io.headwaiter.worker.deciding;

import io.headwaiter.rules.Confirmed;
import io.headwaiter.rules.Decision;
import io.headwaiter.rules.FloorPlan;
import io.headwaiter.rules.Interval;
import io.headwaiter.rules.Ledger;
import io.headwaiter.rules.Occupancy;
import io.headwaiter.rules.Rejected;
import io.headwaiter.rules.RejectionReason;
import io.headwaiter.schemas.BlockTable;
import io.headwaiter.schemas.CancelBooking;
import io.headwaiter.schemas.ChangeStatus;
import io.headwaiter.schemas.MoveBooking;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.UnblockTable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request while its batch is being decided. Confined to that transaction's thread. */
abstract sealed class Undecided permits Placement, Change, Blocking {

    /** To look at fewer tables saves nothing. */
    static final int FEWEST_FIRST_CHOICES = 20;

    final Submitted submitted;

    /** Null when there is no such restaurant. */
    final @Nullable FloorPlan plan;

    /** Set when its first choices turn out to be taken: from then on it is decided on a look at every table. */
    boolean beyondFirstChoices;

    /** How much of {@link #takes} is taken in the database. All of it: the decision stands. */
    int taken;

    private @Nullable Decision decision;

    Undecided(Submitted submitted, @Nullable FloorPlan plan) {
        this.submitted = submitted;
        this.plan = plan;
    }

    static Undecided of(Submitted submitted, @Nullable FloorPlan plan) {
        return switch (submitted.message().asked()) {
            case PlaceBooking asked -> new Placement(submitted, asked, plan);
            case MoveBooking asked -> new Change(submitted, asked, plan);
            case CancelBooking asked -> new Change(submitted, asked, plan);
            case ChangeStatus asked -> new Change(submitted, asked, plan);
            case BlockTable asked -> new Blocking(submitted, asked, plan);
            case UnblockTable asked -> new Blocking(submitted, asked, plan);
        };
    }

    static <T extends Undecided> List<T> only(Class<T> kind, List<Undecided> requests) {
        return requests.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Those that are not refused. */
    static List<Undecided> done(List<Undecided> requests) {
        return requests.stream().filter(request -> !request.isRefused()).toList();
    }

    final long restaurantId() {
        return submitted.restaurantId();
    }

    /** The tables whose time is looked at for it. */
    abstract List<Long> choices(FloorPlan known);

    /** The range of starts, at these tables, that deciding it can depend on; null when nothing else matters to it. */
    abstract @Nullable Interval window(FloorPlan known);

    /** It was given a table that was never looked at, and may be taken. */
    final boolean isGuessed() {
        return plan != null
                && decision() instanceof Confirmed given
                && !choices(plan).contains(given.table().id());
    }

    /** The time that it holds before it is decided. */
    abstract List<Occupancy> holds();

    /** The decision. @param others what is taken, but for what it {@link #holds} */
    abstract Decision decide(FloorPlan known, Instant now, Ledger others);

    /** What it holds once it is decided so. */
    abstract List<Interval> heldAfter(Decision made);

    /** Where it holds that. */
    abstract long tableAfter(Decision made);

    /** The reservation or block that holds it; null when a reservation is to be made. */
    abstract @Nullable Long holder();

    /** Decides it, and leaves in the ledger what is then taken. */
    final void decideOn(Ledger ledger, Instant now) {
        List<Occupancy> before = holds();
        before.forEach(ledger::remove);
        taken = 0;
        decision = plan == null ? new Rejected(RejectionReason.RESTAURANT_UNKNOWN, null) : decide(plan, now, ledger);
        if (changesNothing()) {
            before.forEach(ledger::add);
        } else {
            takes().forEach(ledger::add);
        }
    }

    final void refuse(RejectionReason reason) {
        decision = new Rejected(reason, null);
    }

    final Decision decision() {
        if (decision == null) {
            throw new IllegalStateException("request " + submitted.message().id() + " was not decided");
        }
        return decision;
    }

    final boolean isRefused() {
        return decision() instanceof Rejected;
    }

    /** What must go from the database's ledger. */
    final List<Occupancy> frees() {
        return changesNothing() ? List.of() : holds();
    }

    /** What must come into it. */
    final List<Occupancy> takes() {
        if (changesNothing()) {
            return List.of();
        }
        long table = tableAfter(decision());
        return heldAfter(decision()).stream()
                .map(time -> new Occupancy(table, time.start(), time.end(), Occupancy.NOW))
                .toList();
    }

    /** Whether the ledger stays as it is. */
    private boolean changesNothing() {
        if (isRefused()) {
            return true;
        }
        List<Occupancy> before = holds();
        List<Interval> after = heldAfter(decision());
        return before.size() == after.size()
                && before.stream()
                        .allMatch(held -> held.tableId() == tableAfter(decision())
                                && after.contains(new Interval(held.start(), held.end())));
    }
}
