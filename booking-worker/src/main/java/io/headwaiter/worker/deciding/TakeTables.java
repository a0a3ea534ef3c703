package io.headwaiter.worker.deciding;

import static io.headwaiter.worker.deciding.Undecided.done;
import static io.headwaiter.worker.deciding.Undecided.only;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Decides in memory, in order, and takes the winners' tables in the database, which may know better: another transaction
 * can have taken one since the look. Then everything that does not stand yet is decided again, in order, after another
 * look; a refusal, too, since what stood in its way may have been a booking that just lost.
 */
@Component
class TakeTables {

    /** Each round needs another transaction to win a race in the few milliseconds since the last look. */
    private static final int MOST_ROUNDS = 20;

    private final JdbcTemplate jdbc;
    private final TableTimes tableTimes;
    private final Guests guests;
    private final Counter conflicts;

    TakeTables(JdbcTemplate jdbc, TableTimes tableTimes, Guests guests, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.tableTimes = tableTimes;
        this.guests = guests;
        this.conflicts = Counter.builder("headwaiter.conflicts")
                .description("Races for a table's time that another transaction won; decided again")
                .register(meters);
    }

    /** @param looked what a {@link #look} at these has found; null when nobody has looked */
    void take(List<Undecided> requests, Instant now, @Nullable Ledgers looked) {
        // What frees time, or takes it in pieces, is taken back whole when it loses a race, and others may count on it.
        boolean together = requests.stream().anyMatch(request -> !(request instanceof Placement));
        decideOnALook(requests, now, looked);
        if (together) {
            jdbc.execute("savepoint before_taking");
        }
        List<Undecided> open = requests;
        for (int round = 1; ; round++) {
            tableTimes.free(open);
            RoundTrip trip = new RoundTrip(jdbc);
            tableTimes.take(open, trip);
            // Of all, not of those left: a round that lost anything has taken all of them back.
            List<Placement> placed = only(Placement.class, done(requests));
            if (!together && !placed.isEmpty()) {
                trip.sql("savepoint before_guests");
            }
            guests.findOrMake(placed, trip);
            trip.make();
            int lost = open.stream()
                    .mapToInt(request -> request.takes().size() - request.taken)
                    .sum();
            if (lost == 0) {
                findThoseMadeElsewhere(placed);
                return;
            }
            conflicts.increment(lost);
            if (round == MOST_ROUNDS) {
                throw new ConcurrencyFailureException("its tables were taken by others again and again");
            }
            // Guests go in either case: who lost makes none, and no round waits for a table with guests that one before
            // it made.
            RoundTrip look = new RoundTrip(jdbc);
            look.sql("rollback to savepoint " + (together ? "before_taking" : "before_guests"));
            if (!together) {
                open = open.stream().filter(request -> request.taken == 0).toList();
            }
            open.forEach(request -> request.beyondFirstChoices = true);
            Ledgers ledgers = tableTimes.overlapping(open, look);
            look.make();
            decide(open, now, ledgers);
        }
    }

    /** Whom another transaction was making is there now; or gone again, and can be made. */
    private void findThoseMadeElsewhere(List<Placement> placed) {
        List<Placement> unknown = Guests.unknown(placed);
        for (int round = 1; !unknown.isEmpty(); round++) {
            if (round == MOST_ROUNDS) {
                throw new ConcurrencyFailureException("its guests were made and deleted by others again and again");
            }
            RoundTrip trip = new RoundTrip(jdbc);
            guests.findOrMake(unknown, trip);
            trip.make();
            unknown = Guests.unknown(unknown);
        }
    }

    /** What is taken, once the trip is made, of the tables that each would get first, which in a large room are few. */
    Ledgers look(List<Undecided> requests, RoundTrip trip) {
        guests.lookUpNamed(only(Placement.class, requests), trip);
        return tableTimes.around(requests, trip);
    }

    private Ledgers look(List<Undecided> requests) {
        RoundTrip trip = new RoundTrip(jdbc);
        Ledgers ledgers = look(requests, trip);
        trip.make();
        return ledgers;
    }

    /**
     * Where the tables that were looked at are taken, all others are looked at, too, and everything is decided again. What one
     * of the requests then gets may drive another to tables that it was not expected to need; but always to later ones in the
     * house's order, so this ends after a few turns.
     */
    private void decideOnALook(List<Undecided> requests, Instant now, @Nullable Ledgers looked) {
        decide(requests, now, looked == null ? look(requests) : looked);
        for (List<Undecided> guessed = guessed(requests); !guessed.isEmpty(); guessed = guessed(requests)) {
            guessed.forEach(request -> request.beyondFirstChoices = true);
            decide(requests, now, look(requests));
        }
    }

    private static List<Undecided> guessed(List<Undecided> requests) {
        return requests.stream().filter(Undecided::isGuessed).toList();
    }

    private static void decide(List<Undecided> requests, Instant now, Ledgers ledgers) {
        for (Undecided request : requests) {
            request.decideOn(ledgers.of(request.restaurantId()), now);
        }
    }
}
