package io.headwaiter.worker.deciding;

import io.headwaiter.rules.Blocked;
import io.headwaiter.rules.DecideBlock;
import io.headwaiter.rules.Decision;
import io.headwaiter.rules.FloorPlan;
import io.headwaiter.rules.Interval;
import io.headwaiter.rules.Ledger;
import io.headwaiter.rules.Occupancy;
import io.headwaiter.rules.Rejected;
import io.headwaiter.rules.RejectionReason;
import io.headwaiter.rules.Unblocked;
import io.headwaiter.schemas.BlockFacts;
import io.headwaiter.schemas.BlockTable;
import io.headwaiter.schemas.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A table that the house takes for itself, or gives back. */
final class Blocking extends Undecided {

    final Request asked;

    /** Of one to be made, with the id that it gets; of one to be ended, null when there is none. */
    @Nullable
    BlockFacts block;

    /** What a block that is to be ended takes. */
    final List<Occupancy> pieces = new ArrayList<>();

    Blocking(Submitted submitted, Request asked, @Nullable FloorPlan plan) {
        super(submitted, plan);
        this.asked = asked;
    }

    @Override
    List<Long> choices(FloorPlan known) {
        return asked instanceof BlockTable wanted ? List.of(wanted.tableId()) : List.of();
    }

    @Override
    @Nullable
    Interval window(FloorPlan known) {
        return asked instanceof BlockTable wanted ? known.overlapWindow(time(wanted)) : null;
    }

    private static Interval time(BlockTable wanted) {
        return new Interval(wanted.starts(), wanted.ends());
    }

    @Override
    List<Occupancy> holds() {
        return pieces;
    }

    @Override
    Decision decide(FloorPlan known, Instant now, Ledger others) {
        if (asked instanceof BlockTable wanted) {
            return DecideBlock.decide(known, wanted.tableId(), time(wanted), now, others);
        }
        return block == null ? new Rejected(RejectionReason.BLOCK_NOT_FOUND, null) : new Unblocked();
    }

    @Override
    List<Interval> heldAfter(Decision made) {
        return made instanceof Blocked blocked ? blocked.pieces() : List.of();
    }

    @Override
    long tableAfter(Decision made) {
        return block().tableId();
    }

    @Override
    Long holder() {
        return block().id();
    }

    /** Of one that is known not to be refused. */
    BlockFacts block() {
        return Objects.requireNonNull(block);
    }
}
