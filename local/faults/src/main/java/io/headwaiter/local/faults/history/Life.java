package io.headwaiter.local.faults.history;

import io.headwaiter.local.faults.history.Entry.Published;
import io.headwaiter.local.faults.history.Outcome.Booking;
import io.headwaiter.local.faults.history.Outcome.Done;
import io.headwaiter.local.faults.history.Outcome.Kept;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * That a table's time {@code [from, to)}, the buffer counted, was somebody's: from one decision to another, as the events say.
 *
 * @param until null: it is still
 */
record Life(String whose, Place place, Instant from, Instant to, Instant since, @Nullable Instant until) {

    /**
     * An event has the time at which the transaction that decided began. What was decided shows when it ends, which is at the
     * latest so much later: of two decisions closer than that, either may be first. The worker's {@code transaction_timeout} is
     * 5 s, and a machine on which everything is killed all the time may be late in seeing to that.
     */
    static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(10);

    /** A table. */
    record Place(long restaurantId, long tableId) {}

    private record Subject(long restaurantId, boolean block, long id) {}

    /** A subject as it is after a decision. @param version orders them */
    private record State(int version, Instant decidedAt, Instant from, Instant to, long tableId, boolean takesTime) {

        boolean isWhereItWas(State next) {
            return takesTime == next.takesTime
                    && tableId == next.tableId
                    && from.equals(next.from)
                    && to.equals(next.to);
        }
    }

    /** All there were, replayed from the events alone: of each reservation in the order of its versions. */
    static List<Life> all(History history) {
        Map<Subject, List<State>> states = new HashMap<>();
        for (List<Published> copies : history.published().values()) {
            Published event = copies.getFirst();
            long restaurant = event.ticket().restaurantId();
            if (event.outcome() instanceof Done done) {
                Booking booking = done.booking();
                states.computeIfAbsent(new Subject(restaurant, false, booking.id()), subject -> new ArrayList<>(2))
                        .add(new State(
                                booking.version(),
                                event.decidedAt(),
                                booking.date(),
                                booking.end().plus(history.buffer(restaurant)),
                                booking.tableId(),
                                booking.takesTime()));
            } else if (event.outcome() instanceof Kept kept) {
                states.computeIfAbsent(new Subject(restaurant, true, kept.blockId()), subject -> new ArrayList<>(2))
                        .add(new State(
                                kept.given() ? 2 : 1,
                                event.decidedAt(),
                                kept.from(),
                                kept.to(),
                                kept.tableId(),
                                !kept.given()));
            }
        }
        List<Life> lives = new ArrayList<>();
        states.forEach((subject, list) -> lives(subject, list, lives));
        return lives;
    }

    private static void lives(Subject subject, List<State> states, List<Life> lives) {
        states.sort(Comparator.comparingInt(State::version));
        State began = states.getFirst();
        for (State state : states) {
            if (!began.isWhereItWas(state)) {
                add(subject, began, state.decidedAt(), lives);
                began = state;
            }
        }
        add(subject, began, null, lives);
    }

    private static void add(Subject subject, State state, @Nullable Instant until, List<Life> lives) {
        if (state.takesTime()) {
            lives.add(new Life(
                    (subject.block() ? "block " : "reservation ") + subject.id(),
                    new Place(subject.restaurantId(), state.tableId()),
                    state.from(),
                    state.to(),
                    state.decidedAt(),
                    until));
        }
    }

    /** That both held one time, for longer than the order of their decisions can be in doubt. */
    boolean overlaps(Life other) {
        return from.isBefore(other.to) && other.from.isBefore(to) && lasted(other.since) && other.lasted(since);
    }

    private boolean lasted(Instant moment) {
        return until == null || moment.plus(LONGEST_TRANSACTION).isBefore(until);
    }

    /** May have been there for whoever decided at that time. */
    boolean mayBeSeen(Instant decidedAt) {
        return !since.isAfter(decidedAt.plus(LONGEST_TRANSACTION))
                && (until == null || !until.plus(LONGEST_TRANSACTION).isBefore(decidedAt));
    }
}
