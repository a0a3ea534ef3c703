package io.headwaiter.worker.requests;

import io.headwaiter.rules.RejectionReason;
import io.headwaiter.worker.deciding.Answer;
import io.headwaiter.worker.deciding.DecideBatch;
import io.headwaiter.worker.deciding.Submitted;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/**
 * Decides a batch. When that fails although the database is well, a record in it meets a defect of ours: the batch is cut
 * in halves until that record stands alone, which is then decided {@code internal_error} and dead-lettered, so that it
 * neither blocks its partition nor leaves its caller waiting. A batch that takes longer than a transaction may is cut in
 * halves, too, but nothing in it is to blame.
 */
@Component
class DecideOrIsolate {

    private static final Logger log = LoggerFactory.getLogger(DecideOrIsolate.class);

    private static final String DEFECT = RejectionReason.INTERNAL_ERROR.code();

    private final DecideBatch decideBatch;

    DecideOrIsolate(DecideBatch decideBatch) {
        this.decideBatch = decideBatch;
    }

    /**
     * @param dead gets those that met a defect, now or when they were delivered before: nobody knows whether their letter
     *     got out then
     * @throws RuntimeException when the database is away: all of it is to be tried again
     */
    List<Answer> decide(List<Incoming> batch, List<DeadLetter> dead) {
        if (batch.isEmpty()) {
            return List.of();
        }
        List<Answer> answers = decideOrSplit(batch);
        for (int i = 0; i < batch.size(); i++) {
            if (answers.get(i).outcome().equals(DEFECT)) {
                dead.add(new DeadLetter(
                        batch.get(i).record(), DEFECT, "the worker failed on this request; its log says how"));
            }
        }
        return answers;
    }

    private List<Answer> decideOrSplit(List<Incoming> batch) {
        try {
            return decideBatch.decide(batch.stream().map(Incoming::submitted).toList());
        } catch (RuntimeException failure) {
            boolean outage = Outage.isBehind(failure);
            if (batch.size() == 1 && !outage) {
                return List.of(decideDefect(batch.getFirst().submitted(), failure));
            }
            // An outage is waited for, unless the database answers: then the batch may be too much for one transaction.
            if (outage && (batch.size() == 1 || !decideBatch.databaseAnswers())) {
                throw failure;
            }
            List<Answer> answers = new ArrayList<>(decideOrSplit(batch.subList(0, batch.size() / 2)));
            answers.addAll(decideOrSplit(batch.subList(batch.size() / 2, batch.size())));
            return answers;
        }
    }

    private Answer decideDefect(Submitted submitted, RuntimeException failure) {
        String request = submitted.message().id().toString();
        String restaurant = Long.toString(submitted.message().asked().restaurantId());
        try (var requestId = MDC.putCloseable("request_id", request);
                var restaurantId = MDC.putCloseable("restaurant_id", restaurant)) {
            log.error(
                    "Request {} of restaurant {} meets a defect of the worker: it is decided internal_error, and dead-lettered",
                    request,
                    restaurant,
                    failure);
            return decideBatch.decideDefect(submitted);
        }
    }
}
