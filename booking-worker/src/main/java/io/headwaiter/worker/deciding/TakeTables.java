package io.headwaiter.worker.deciding;

import io.headwaiter.rules.Confirmed;
import io.headwaiter.rules.DecideBooking;
import io.headwaiter.rules.Decision;
import io.headwaiter.rules.Ledger;
import io.headwaiter.rules.Occupancy;
import io.headwaiter.rules.Rejected;
import io.headwaiter.rules.RejectionReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;

/**
 * Decides in memory, in order, and takes the winners' tables in the database, which may know better: another partition
 * can have taken one since the look. Then everything that does not stand yet is decided again, in order, after another
 * look; a refusal, too, since what stood in its way may have been a booking that just lost.
 */
@Component
class TakeTables {

    /** Each round needs another partition to win a race in the few milliseconds since the last look. */
    private static final int MOST_ROUNDS = 20;

    private final TableTimes tableTimes;
    private final Counter conflicts;

    TakeTables(TableTimes tableTimes, MeterRegistry meters) {
        this.tableTimes = tableTimes;
        this.conflicts = Counter.builder("headwaiter.conflicts")
                .description("Races for a table's time that another partition won; decided again")
                .register(meters);
    }

    void decide(List<Undecided> requests, Instant now) {
        decideOnALook(requests, now);
        List<Undecided> open = requests;
        for (int round = 1; ; round++) {
            List<Undecided> winners =
                    open.stream().filter(request -> request.confirmed() != null).toList();
            int taken = tableTimes.take(winners);
            if (taken == winners.size()) {
                return;
            }
            conflicts.increment(winners.size() - taken);
            if (round == MOST_ROUNDS) {
                throw new ConcurrencyFailureException("its tables were taken by others again and again");
            }
            open = open.stream()
                    .filter(request -> request.reservationId == null)
                    .toList();
            open.forEach(request -> request.beyondFirstChoices = true);
            decide(open, now, tableTimes.overlapping(open));
        }
    }

    /**
     * Looks at the tables that each would get first, which in a large room are few. Where these are taken, all others are
     * looked at, too, and everything is decided again. What one of them then gets may drive another to tables that it
     * was not expected to need; but always to later ones in the house's order, so this ends after a few turns.
     */
    private void decideOnALook(List<Undecided> requests, Instant now) {
        List<Undecided> guessed;
        do {
            decide(requests, now, tableTimes.around(requests));
            guessed = requests.stream().filter(Undecided::isGuessed).toList();
            guessed.forEach(request -> request.beyondFirstChoices = true);
        } while (!guessed.isEmpty());
    }

    private static void decide(List<Undecided> requests, Instant now, Ledgers ledgers) {
        for (Undecided request : requests) {
            decide(request, now, ledgers);
        }
    }

    private static void decide(Undecided request, Instant now, Ledgers ledgers) {
        Decision decision = decision(request, now, ledgers);
        request.decision = decision;
        if (decision instanceof Confirmed confirmed) {
            ledgers.of(request.restaurantId())
                    .add(new Occupancy(
                            confirmed.table().id(),
                            confirmed.occupancy().start(),
                            confirmed.occupancy().end(),
                            Occupancy.NOW));
        }
    }

    private static Decision decision(Undecided request, Instant now, Ledgers ledgers) {
        if (request.plan == null) {
            return new Rejected(RejectionReason.RESTAURANT_UNKNOWN, null);
        }
        Ledger taken = ledgers.of(request.restaurantId());
        return DecideBooking.decide(request.plan, request.ask(), now, request.clientKnown, taken);
    }
}
