package io.headwaiter.worker.requests;

import io.headwaiter.rules.RejectionReason;
import io.headwaiter.worker.deciding.Answer;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.kafka.KafkaException;
import org.springframework.stereotype.Component;

/**
 * What an operator sees of the worker's work. Every meter is there from the start, at nought, so that its first increase is
 * one; none is looked up while requests are decided; and none has a tag of which there is one for each restaurant.
 */
@Component
class Tally {

    private static final String CONFIRMED = "confirmed";
    private static final String OTHER = "other";

    private static final Duration[] QUICK = millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000);
    private static final Duration[] PATIENT =
            millis(10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000);

    private final Clock clock;
    private final Counter confirmed;
    private final Map<String, Counter> refused;
    private final Counter refusedOtherwise;
    private final Counter repeated;
    private final Map<String, Counter> deadLetters;
    private final Map<String, Counter> failures;
    private final DistributionSummary batchSize;
    private final Timer deciding;
    private final Timer publishing;
    private final Timer latency;

    Tally(MeterRegistry meters) {
        clock = meters.config().clock();
        confirmed = decisions(CONFIRMED, "none").register(meters);
        refused = Arrays.stream(RejectionReason.values())
                .map(RejectionReason::code)
                .collect(Collectors.toUnmodifiableMap(Function.identity(), reason -> decisions("refused", reason)
                        .register(meters)));
        refusedOtherwise = decisions("refused", OTHER).register(meters);
        repeated = Counter.builder("headwaiter.events.repeated")
                .description("Events published again, to the byte, because their request was delivered again")
                .register(meters);
        deadLetters = byCause(Stream.of("poison", "defect"), cause -> Counter.builder("headwaiter.dead.letters")
                .description(
                        "Records laid aside: no requests of ours (poison), or ones that the worker fails on (defect)")
                .tag("cause", cause)
                .register(meters));
        failures = byCause(Stream.of("database", "broker", OTHER), cause -> Counter.builder("headwaiter.batch.failures")
                .description("Batches that could not be decided and published, and are tried again")
                .tag("cause", cause)
                .register(meters));
        batchSize = DistributionSummary.builder("headwaiter.batch.size")
                .description("Records that are decided in one transaction")
                .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000)
                .register(meters);
        deciding = timer("headwaiter.batch.deciding", "Deciding a batch, with the commit", QUICK, meters);
        publishing = timer("headwaiter.batch.publishing", "Publishing a batch, acknowledged", QUICK, meters);
        latency = timer(
                "headwaiter.decision.latency",
                "From a request's time in Kafka to its event, acknowledged",
                PATIENT,
                meters);
    }

    void polled(int records) {
        batchSize.record(records);
    }

    void decided(long nanos) {
        deciding.record(nanos, TimeUnit.NANOSECONDS);
    }

    void published(List<Answer> answers, List<DeadLetter> dead, long nanos) {
        publishing.record(nanos, TimeUnit.NANOSECONDS);
        for (Answer answer : answers) {
            if (answer.repeated()) {
                repeated.increment();
            } else if (answer.outcome().equals(CONFIRMED)) {
                confirmed.increment();
            } else {
                refused.getOrDefault(answer.outcome(), refusedOtherwise).increment();
            }
        }
        for (DeadLetter letter : dead) {
            boolean defect = letter.code().equals(RejectionReason.INTERNAL_ERROR.code());
            increment(deadLetters, defect ? "defect" : "poison");
        }
    }

    /** Every one of these has its event, the broker says. The time is this machine's: it informs, and decides nothing. */
    void answered(List<Incoming> batch) {
        long now = clock.wallTime();
        for (Incoming request : batch) {
            latency.record(Math.max(0, now - request.record().timestamp()), TimeUnit.MILLISECONDS);
        }
    }

    void failed(RuntimeException failure) {
        if (failure instanceof KafkaException) {
            increment(failures, "broker");
        } else {
            increment(failures, Outage.isBehind(failure) ? "database" : OTHER);
        }
    }

    private static void increment(Map<String, Counter> counters, String cause) {
        Counter counter = counters.get(cause);
        if (counter != null) {
            counter.increment();
        }
    }

    private static Counter.Builder decisions(String outcome, String reason) {
        return Counter.builder("headwaiter.decisions")
                .description("Requests decided for the first time, by what became of them")
                .tag("outcome", outcome)
                .tag("reason", reason);
    }

    private static Map<String, Counter> byCause(Stream<String> causes, Function<String, Counter> counter) {
        return causes.collect(Collectors.toUnmodifiableMap(Function.identity(), counter));
    }

    private static Timer timer(String name, String description, Duration[] buckets, MeterRegistry meters) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(buckets)
                .register(meters);
    }

    private static Duration[] millis(long... millis) {
        return Arrays.stream(millis).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
