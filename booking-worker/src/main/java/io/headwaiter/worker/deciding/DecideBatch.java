package io.headwaiter.worker.deciding;

import io.headwaiter.rules.Rejected;
import io.headwaiter.rules.RejectionReason;
import io.headwaiter.worker.WorkerProperties;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Decides what one poll returned, in one transaction and a few set-based statements:
 *
 * <pre>
 *   read: which are decided, the plans and the time, what is taken
 *   decide, in memory, in the order of their offsets          <----.
 *   take the tables' time; a row that does not come back lost a race: read again, decide again
 *   write guests, reservations, and last the decisions
 * </pre>
 *
 * A refusal is a value. An exception means that nothing was written: try again, or a defect.
 */
@Component
public class DecideBatch {

    private static final Logger log = LoggerFactory.getLogger(DecideBatch.class);

    private final TransactionTemplate transaction;
    private final FloorPlans floorPlans;
    private final TakeTables takeTables;
    private final Guests guests;
    private final Reservations reservations;
    private final Decisions decisions;
    private final int conflictRetries;
    private final Counter retries;

    DecideBatch(
            PlatformTransactionManager transactions,
            FloorPlans floorPlans,
            TakeTables takeTables,
            Guests guests,
            Reservations reservations,
            Decisions decisions,
            WorkerProperties properties,
            MeterRegistry meters) {
        this.transaction = new TransactionTemplate(transactions);
        this.floorPlans = floorPlans;
        this.takeTables = takeTables;
        this.guests = guests;
        this.reservations = reservations;
        this.decisions = decisions;
        this.conflictRetries = properties.conflictRetries();
        this.retries = Counter.builder("headwaiter.batch.retries")
                .description("Batches run again after a deadlock, or a decision made elsewhere meanwhile")
                .register(meters);
    }

    /**
     * Decides these requests, an earlier one before a later one.
     *
     * @return an answer for each, in their order
     * @throws RuntimeException when nothing was decided
     */
    public List<Answer> decide(List<Submitted> batch) {
        for (int attempt = 0; ; attempt++) {
            try {
                return inTransaction(batch);
            } catch (ConcurrencyFailureException | DataIntegrityViolationException conflict) {
                // A deadlock, a decision made elsewhere meanwhile, a guest deleted between look and write: all of
                // them look different at the next look. One that does not is the caller's to judge.
                if (attempt == conflictRetries) {
                    throw conflict;
                }
                retries.increment();
                log.info(
                        "A batch of {} requests met a conflict and runs again: {}",
                        batch.size(),
                        NestedExceptionUtils.getMostSpecificCause(conflict).getMessage());
            }
        }
    }

    /** Whether the database answers at this moment. */
    public boolean databaseAnswers() {
        try {
            return decisions.canBeAsked();
        } catch (DataAccessException away) {
            return false;
        }
    }

    /** Decides a request that makes our own code fail, so that its caller does not wait for ever. */
    public Answer decideDefect(Submitted submitted) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Answers answers = decisions.alreadyMade(List.of(submitted));
            for (Submitted open : answers.open()) {
                Undecided request = new Undecided(open, null);
                request.decision = new Rejected(RejectionReason.INTERNAL_ERROR, null);
                decisions.write(List.of(request), open.recordedAt(), answers);
            }
            return answers.inOrder().getFirst();
        }));
    }

    private List<Answer> inTransaction(List<Submitted> batch) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Answers answers = decisions.alreadyMade(batch);
            List<Submitted> open = answers.open();
            if (!open.isEmpty()) {
                decideOpen(open, answers);
            }
            return answers.inOrder();
        }));
    }

    private void decideOpen(List<Submitted> open, Answers answers) {
        PlansNow plans = floorPlans.read(open);
        List<Undecided> requests = open.stream()
                .map(submitted -> new Undecided(submitted, plans.of(submitted.restaurantId())))
                .toList();
        guests.lookUpNamed(requests);
        takeTables.decide(requests, plans.now());
        List<Undecided> confirmed =
                requests.stream().filter(request -> request.confirmed() != null).toList();
        guests.findOrMake(confirmed);
        reservations.write(confirmed);
        decisions.write(requests, plans.now(), answers);
    }
}
