package io.headwaiter.local.faults.history;

import io.headwaiter.local.faults.history.Entry.Call;
import io.headwaiter.local.faults.history.Entry.House;
import io.headwaiter.local.faults.history.Entry.Published;
import io.headwaiter.local.faults.history.Entry.Stored;
import io.headwaiter.local.faults.history.Entry.StoredBooking;
import io.headwaiter.local.faults.history.Entry.StoredTime;
import io.headwaiter.local.faults.history.Entry.Told;
import io.headwaiter.local.faults.history.Outcome.Booking;
import io.headwaiter.local.faults.history.Outcome.Done;
import io.headwaiter.local.faults.history.Outcome.InTheWay;
import io.headwaiter.local.faults.history.Outcome.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A history made by hand, of one restaurant that keeps 15 minutes free after each party. */
final class Story {

    static final long HOUSE = 7;
    static final Instant NOON = Instant.parse("2030-05-01T12:00:00Z");
    static final Instant EIGHT = Instant.parse("2030-06-01T20:00:00Z");
    static final Duration STAY = Duration.ofMinutes(90);
    static final Duration BUFFER = Duration.ofMinutes(15);

    private final List<Entry> entries = new ArrayList<>();
    private int requests;
    private long calls;

    Story() {
        add(new House(HOUSE, (int) BUFFER.toMinutes()));
    }

    /** A request that was decided, with the call that asked and the answer that told. */
    record Decided(Call call, Told told, Stored stored, Published published) {

        Ticket ticket() {
            return stored.ticket();
        }
    }

    static Booking booking(long id, long table, Instant date, int version, String status) {
        return new Booking(id, table, date, date.plus(STAY), 2, status, version, "r-" + id);
    }

    static Asked.Place place(Booking booking) {
        return new Asked.Place(booking.date(), booking.guests(), booking.tableId(), booking.reference());
    }

    static Refused taken(Booking by) {
        return new Refused(
                "table_taken", new InTheWay(by.tableId(), by.date(), by.end().plus(BUFFER)));
    }

    /** A table is asked for and given. @param decidedAt minutes after noon */
    Decided placed(Booking booking, double decidedAt) {
        return decided(place(booking), new Done(booking), decidedAt);
    }

    /** Asked under a key, told at once, stored, and published once. */
    Decided decided(Asked asked, Outcome outcome, double decidedAt) {
        Ticket ticket = new Ticket(HOUSE, new UUID(1, ++requests), new UUID(2, requests));
        Call call = new Call(++calls, HOUSE, "key-" + requests, ticket.request(), asked, NOON, "one");
        Told told = new Told(
                call.id(),
                NOON,
                false,
                outcome instanceof Refused ? 409 : 201,
                ticket,
                outcome,
                outcome instanceof Refused refused ? refused.reason() : null,
                false);
        Instant at = NOON.plusSeconds((long) (decidedAt * 60));
        Digest digest = new Digest(requests, 0, 0, 0);
        Long reservation = reservation(asked, outcome);
        Stored stored = new Stored(
                ticket,
                kind(asked),
                at,
                outcome instanceof Refused refused ? refused.reason() : null,
                reservation,
                digest,
                outcome);
        Published published = new Published(
                0,
                requests,
                "some.event",
                ticket,
                at,
                digest,
                outcome,
                reservation,
                asked instanceof Asked.Place place ? place : null);
        Decided decided = new Decided(call, told, stored, published);
        add(call, told, stored, published);
        return decided;
    }

    private static @Nullable Long reservation(Asked asked, Outcome outcome) {
        return switch (asked) {
            case Asked.Move move -> Long.valueOf(move.reservationId());
            case Asked.Cancel cancel -> Long.valueOf(cancel.reservationId());
            case Asked.Status status -> Long.valueOf(status.reservationId());
            default ->
                outcome instanceof Done done ? Long.valueOf(done.booking().id()) : null;
        };
    }

    private static String kind(Asked asked) {
        return switch (asked) {
            case Asked.Place place -> "booking.place";
            case Asked.Move move -> "booking.move";
            case Asked.Cancel cancel -> "booking.cancel";
            case Asked.Withdraw withdraw -> "booking.cancel";
            case Asked.Status status -> "booking.change_status";
        };
    }

    /** In the end the database has this reservation, made by this request, and its time if it takes any. */
    void stands(Booking booking, Decided madeBy) {
        add(new StoredBooking(HOUSE, madeBy.ticket().request(), booking));
        if (booking.takesTime()) {
            add(time(booking));
        }
    }

    static StoredTime time(Booking booking) {
        return new StoredTime(
                HOUSE, booking.tableId(), booking.date(), booking.end().plus(BUFFER), booking.id(), null);
    }

    /** The same call again. */
    Call again(Call first) {
        Call again = new Call(
                ++calls,
                HOUSE,
                first.key(),
                first.request(),
                first.asked(),
                first.at().plusSeconds(9),
                "two");
        add(again);
        return again;
    }

    Story add(Entry... more) {
        entries.addAll(List.of(more));
        return this;
    }

    Story remove(Entry entry) {
        if (!entries.remove(entry)) {
            throw new IllegalArgumentException("it was not there: " + entry);
        }
        return this;
    }

    Story replace(Entry entry, Entry with) {
        return remove(entry).add(with);
    }

    <E extends Entry> Story change(Class<E> type, Predicate<E> which, UnaryOperator<E> how) {
        entries.replaceAll(
                entry -> type.isInstance(entry) && which.test(type.cast(entry)) ? how.apply(type.cast(entry)) : entry);
        return this;
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** What does not hold in it. */
    List<String> broken() {
        return Verdict.on(History.of(entries)).findings().stream()
                .filter(finding -> !finding.holds())
                .map(Finding::guarantee)
                .toList();
    }
}
