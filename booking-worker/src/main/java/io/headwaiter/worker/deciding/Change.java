package io.headwaiter.worker.deciding;

import io.headwaiter.rules.Booking;
import io.headwaiter.rules.BookingStatus;
import io.headwaiter.rules.Cancelled;
import io.headwaiter.rules.Confirmed;
import io.headwaiter.rules.DecideChange;
import io.headwaiter.rules.Decision;
import io.headwaiter.rules.DiningTable;
import io.headwaiter.rules.FloorPlan;
import io.headwaiter.rules.Interval;
import io.headwaiter.rules.Ledger;
import io.headwaiter.rules.Move;
import io.headwaiter.rules.Occupancy;
import io.headwaiter.rules.Rejected;
import io.headwaiter.rules.RejectionReason;
import io.headwaiter.rules.StatusChanged;
import io.headwaiter.schemas.CancelBooking;
import io.headwaiter.schemas.ChangeStatus;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.MoveBooking;
import io.headwaiter.schemas.Request;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.TableFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A booking to be moved, cancelled, or given another status. */
final class Change extends Undecided {

    final Request asked;

    /** Of a withdrawal, the reservation that its request has made in this very batch, and nobody can look up yet. */
    private @Nullable Long madeInThisBatch;

    /** Null when there is none that its asker may see. */
    private @Nullable Standing standing;

    Change(Submitted submitted, Request asked, @Nullable FloorPlan plan) {
        super(submitted, plan);
        this.asked = asked;
    }

    /** Null for a withdrawal, which names a request instead, as long as nobody knows what that made. */
    @Nullable
    Long namedReservation() {
        return switch (asked) {
            case MoveBooking move -> Long.valueOf(move.reservationId());
            case CancelBooking cancel -> cancel.reservationId() == null ? madeInThisBatch : cancel.reservationId();
            case ChangeStatus change -> Long.valueOf(change.reservationId());
            default -> throw new IllegalStateException("no change of a booking: " + asked.type());
        };
    }

    /** Looked up anew for each turn. @param made by requests of this batch */
    void forget(Map<Withdrawn, Long> made) {
        standing = null;
        Withdrawn withdrawn = withdraws();
        madeInThisBatch = withdrawn == null ? null : made.get(withdrawn);
    }

    /** Of a withdrawal, the request whose booking is to go. */
    @Nullable
    Withdrawn withdraws() {
        return asked instanceof CancelBooking cancel
                        && cancel.reservationId() == null
                        && cancel.requestId() != null
                        && cancel.requestFingerprint() != null
                ? new Withdrawn(
                        new RequestName(restaurantId(), RequestId.parse(cancel.requestId())),
                        new Fingerprint(cancel.requestFingerprint()))
                : null;
    }

    /** What it is about, found and locked. Whoever is not of the house sees their partner's bookings only. */
    void meets(Standing found) {
        if (isStaff() || found.partnerId() == asked.partnerId()) {
            standing = found;
        }
    }

    private boolean isStaff() {
        return switch (asked) {
            case MoveBooking move -> Boolean.TRUE.equals(move.staff());
            case CancelBooking cancel -> Boolean.TRUE.equals(cancel.staff());
            default -> true;
        };
    }

    private @Nullable List<Integer> ifVersion() {
        return switch (asked) {
            case MoveBooking move -> move.ifVersion();
            case CancelBooking cancel -> cancel.ifVersion();
            case ChangeStatus change -> change.ifVersion();
            default -> null;
        };
    }

    @Nullable
    Standing standing() {
        return standing;
    }

    /** The reservation that this is about; null when it names none, and none was found. */
    @Nullable
    Long namesOrFound() {
        return standing == null ? namedReservation() : Long.valueOf(standing.id());
    }

    /** Of one that is known not to be refused. */
    Standing before() {
        return Objects.requireNonNull(standing);
    }

    @Override
    List<Long> choices(FloorPlan known) {
        if (standing == null) {
            return List.of();
        }
        if (!(asked instanceof MoveBooking move)) {
            return List.of(standing.booking().tableId());
        }
        if (move.tableId() != null) {
            return List.of(move.tableId());
        }
        int guests = move(move).ask(standing.booking()).guests();
        List<DiningTable> tables =
                beyondFirstChoices ? known.tablesFor(guests) : known.firstChoices(guests, FEWEST_FIRST_CHOICES);
        List<Long> choices =
                new ArrayList<>(tables.stream().map(DiningTable::id).toList());
        if (!choices.contains(standing.booking().tableId())) {
            choices.add(standing.booking().tableId());
        }
        return choices;
    }

    @Override
    @Nullable
    Interval window(FloorPlan known) {
        if (standing == null) {
            return null;
        }
        Booking booking = standing.booking();
        return switch (asked) {
            case MoveBooking move -> known.ledgerWindow(known.withBuffer(longerOf(known, booking, move(move))));
            // Whoever takes a status back may find the time taken.
            case ChangeStatus change -> known.overlapWindow(known.withBuffer(booking.stay()));
            default -> null;
        };
    }

    /** A move that keeps its time keeps the length that it was granted, whatever the rules say by now. */
    private static Interval longerOf(FloorPlan known, Booking booking, Move move) {
        Interval stay = known.stay(move.ask(booking).start(), move.ask(booking).guests());
        boolean same = stay.start().equals(booking.stay().start());
        return same && booking.stay().end().isAfter(stay.end()) ? booking.stay() : stay;
    }

    @Override
    Decision decide(FloorPlan known, Instant now, Ledger others) {
        if (standing == null) {
            return new Rejected(
                    withdraws() == null ? RejectionReason.RESERVATION_NOT_FOUND : RejectionReason.NOTHING_TO_WITHDRAW,
                    null);
        }
        List<Integer> versions = ifVersion();
        if (versions != null && !versions.contains(standing.version())) {
            return new Rejected(RejectionReason.VERSION_MISMATCH, null);
        }
        Booking booking = standing.booking();
        return switch (asked) {
            case MoveBooking move -> DecideChange.move(known, booking, move(move), now, others);
            case CancelBooking cancel -> DecideChange.cancel(known, booking, isStaff(), now);
            case ChangeStatus change ->
                DecideChange.status(
                        known, booking, BookingStatus.of(Objects.requireNonNull(change.status())), now, others);
            default -> throw new IllegalStateException("no change of a booking: " + asked.type());
        };
    }

    private Move move(MoveBooking move) {
        return new Move(
                move.start(),
                move.guests(),
                move.tableId(),
                Boolean.TRUE.equals(move.anyTable()),
                isStaff(),
                Boolean.TRUE.equals(move.override()));
    }

    @Override
    List<Occupancy> holds() {
        Interval held = standing == null ? null : standing.booking().held();
        return held == null
                ? List.of()
                : List.of(new Occupancy(before().booking().tableId(), held.start(), held.end(), before().takenBy()));
    }

    @Override
    List<Interval> heldAfter(Decision made) {
        return switch (made) {
            case Confirmed given -> List.of(given.occupancy());
            case StatusChanged changed -> changed.held() == null ? List.of() : List.of(changed.held());
            default -> List.of();
        };
    }

    @Override
    long tableAfter(Decision made) {
        return made instanceof Confirmed given
                ? given.table().id()
                : before().booking().tableId();
    }

    @Override
    Long holder() {
        return before().id();
    }

    /** The reservation once this is done. */
    Standing after() {
        Booking booking = before().booking();
        return switch (decision()) {
            case Confirmed given ->
                with(
                        Events.facts(given.table()),
                        new Booking(
                                move((MoveBooking) asked).ask(booking).guests(),
                                given.table().id(),
                                given.stay(),
                                booking.status(),
                                given.occupancy()));
            case Cancelled cancelled ->
                with(
                        before().table(),
                        new Booking(
                                booking.guests(), booking.tableId(), booking.stay(), BookingStatus.CANCELLED, null));
            case StatusChanged changed ->
                with(
                        before().table(),
                        new Booking(
                                booking.guests(), booking.tableId(), booking.stay(), changed.status(), changed.held()));
            default -> throw new IllegalStateException("nothing was changed");
        };
    }

    private Standing with(TableFacts table, Booking booking) {
        return new Standing(
                before().id(),
                before().partnerId(),
                before().version() + 1,
                before().clientId(),
                before().reference(),
                table,
                booking,
                Occupancy.NOW);
    }
}
