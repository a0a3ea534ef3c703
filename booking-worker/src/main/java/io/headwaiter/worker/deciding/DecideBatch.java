package io.headwaiter.worker.deciding;

import static io.headwaiter.worker.deciding.Undecided.done;
import static io.headwaiter.worker.deciding.Undecided.only;
import static java.util.Objects.requireNonNull;

import io.headwaiter.rules.FloorPlan;
import io.headwaiter.rules.RejectionReason;
import io.headwaiter.worker.WorkerProperties;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Decides a batch, what one poll returned or a part of it, in one transaction and a few set-based statements. Those that need no
 * answer to one another go to the database together; where nobody changes a booking, and they are not very many, that makes three
 * round trips:
 *
 * <pre>
 *   1 read: which are decided, the plans and the time, and what is taken as far as the plans last known ask for it
 *     in turns, nearly always one:
 *       lock what is to be changed
 *       read what is taken, unless that is read
 *       decide, in memory, in the order of their offsets          <----.
 *   2   take the tables' time, and find or make the guests; a row that does not come back lost a race: read again, decide again
 *       change reservations and blocks
 *   3   write reservations, and after the last turn the decisions, and commit
 * </pre>
 *
 * A refusal is a value. An exception means that nothing was written: try again, or a defect.
 */
@Component
public class DecideBatch {

    private static final Logger log = LoggerFactory.getLogger(DecideBatch.class);

    /** PostgreSQL's {@code deadlock_detected}. */
    private static final String DEADLOCK = "40P01";

    /** Of a larger batch one trip more is a small part, and all that would be sent in the first might not fit in the connection's buffers. */
    private static final int MOST_LOOKED_AT_EARLY = 128;

    private final TransactionTemplate transaction;
    private final JdbcTemplate jdbc;
    private final FloorPlans floorPlans;
    private final TakeTables takeTables;
    private final Reservations reservations;
    private final Blocks blocks;
    private final Decisions decisions;
    private final int conflictRetries;
    private final Counter retries;
    private final Counter deadlocks;

    DecideBatch(
            PlatformTransactionManager transactions,
            JdbcTemplate jdbc,
            FloorPlans floorPlans,
            TakeTables takeTables,
            Reservations reservations,
            Blocks blocks,
            Decisions decisions,
            WorkerProperties properties,
            MeterRegistry meters) {
        this.transaction = new TransactionTemplate(transactions);
        // It ends with its last trip, so it must not be a part of another.
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.jdbc = jdbc;
        this.floorPlans = floorPlans;
        this.takeTables = takeTables;
        this.reservations = reservations;
        this.blocks = blocks;
        this.decisions = decisions;
        this.conflictRetries = properties.conflictRetries();
        this.retries = Counter.builder("headwaiter.batch.retries")
                .description(
                        "Batches run again after a deadlock, or a decision made or a guest deleted elsewhere meanwhile")
                .register(meters);
        this.deadlocks = Counter.builder("headwaiter.deadlocks")
                .description("Batches that the database ended because two waited for each other")
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
                return requireNonNull(transaction.execute(status -> decide(batch, RoundTrip::commit)));
            } catch (ConcurrencyFailureException | DataIntegrityViolationException conflict) {
                // A deadlock, a decision made elsewhere meanwhile, a guest deleted between look and write: they all
                // look different at the next look. One that does not is the caller's to judge.
                if (NestedExceptionUtils.getMostSpecificCause(conflict) instanceof SQLException sql
                        && DEADLOCK.equals(sql.getSQLState())) {
                    deadlocks.increment();
                }
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

    /** Does all that deciding these requests takes, and undoes it. */
    public void rehearse(List<Submitted> batch) {
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            decide(batch, write -> {});
        });
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
        // The tables are looked at by its plan before anybody asks whether that has changed: if that is what fails, a
        // changed plan must be able to mend it.
        floorPlans.forget(submitted.restaurantId());
        return requireNonNull(transaction.execute(status -> {
            Answers answers = new Answers(List.of(submitted));
            RoundTrip read = new RoundTrip(jdbc);
            decisions.addMade(List.of(submitted), answers, read);
            read.make();
            RoundTrip write = new RoundTrip(jdbc);
            for (Submitted open : answers.open()) {
                Undecided request = Undecided.of(open, null);
                request.refuse(RejectionReason.INTERNAL_ERROR);
                decisions.write(List.of(request), open.recordedAt(), answers, write);
            }
            write.make();
            return answers.inOrder().getFirst();
        }));
    }

    /** @param end what the last trip of the transaction ends with */
    private List<Answer> decide(List<Submitted> batch, Consumer<RoundTrip> end) {
        Answers answers = new Answers(batch);
        RoundTrip read = new RoundTrip(jdbc);
        FloorPlans.Reading reading = floorPlans.read(batch, read);
        List<Undecided> asked = undecided(answers.open(), floorPlans::lastKnown);
        Ledgers looked = looksEarly(asked) ? takeTables.look(asked, read) : null;
        // Last, since those of a batch that is delivered again are answered with their events.
        decisions.addMade(batch, answers, read);
        read.make();
        List<Undecided> open =
                asked.stream().filter(one -> !answers.has(one.submitted)).toList();
        if (open.isEmpty()) {
            return answers.inOrder();
        }
        PlansNow plans = reading.plans();
        if (open.stream().anyMatch(one -> one.plan != plans.of(one.restaurantId()))) {
            // So it would be looked for something else, or elsewhere.
            open = undecided(open.stream().map(one -> one.submitted).toList(), plans::of);
            looked = null;
        }
        return decideOpen(open, plans, looked, answers, end);
    }

    private static List<Undecided> undecided(List<Submitted> requests, LongFunction<@Nullable FloorPlan> plans) {
        return requests.stream()
                .map(submitted -> Undecided.of(submitted, plans.apply(submitted.restaurantId())))
                .toList();
    }

    /** Changes are locked before anybody looks, and only bookings are sure to be one turn. */
    private static boolean looksEarly(List<Undecided> requests) {
        return requests.size() <= MOST_LOOKED_AT_EARLY && requests.stream().allMatch(Placement.class::isInstance);
    }

    /** @param looked what a look at these has found; null when nobody has looked */
    private List<Answer> decideOpen(
            List<Undecided> requests,
            PlansNow plans,
            @Nullable Ledgers looked,
            Answers answers,
            Consumer<RoundTrip> end) {
        Map<Withdrawn, Long> made = new HashMap<>();
        List<Undecided> left = requests;
        while (true) {
            List<Undecided> turn = Turn.first(left);
            reservations.lock(only(Change.class, turn), made);
            blocks.lock(only(Blocking.class, turn));
            turn = Turn.cut(turn);
            takeTables.take(turn, plans.now(), looked);
            List<Undecided> done = done(turn);
            reservations.change(only(Change.class, done));
            blocks.write(only(Blocking.class, done));
            List<Placement> placed = only(Placement.class, done);
            RoundTrip write = new RoundTrip(jdbc);
            reservations.make(placed, write);
            placed.forEach(placement -> made.put(Withdrawn.of(placement), requireNonNull(placement.reservationId)));
            left = left.subList(turn.size(), left.size());
            if (left.isEmpty()) {
                decisions.write(requests, plans.now(), answers, write);
                // Before the trip: after it nothing of ours may fail any more.
                List<Answer> all = answers.inOrder();
                end.accept(write);
                write.make();
                return all;
            }
            write.make();
        }
    }
}
