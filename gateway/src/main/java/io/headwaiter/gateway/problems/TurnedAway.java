package io.headwaiter.gateway.problems;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Counts the callers who were turned away for a reason of ours, and not for what they asked: every 503 and 429, by its code. */
@Component
public class TurnedAway {

    private static final String OTHER = "other";

    /** Each is there from the start, at nought, so that its first increase is one. */
    private final Map<String, Counter> counters;

    TurnedAway(MeterRegistry meters) {
        counters = Stream.of(
                        "rate_limited",
                        "too_many_requests_in_flight",
                        "outcome_unknown",
                        "directory_not_loaded",
                        "directory_stale",
                        "database_unavailable",
                        "too_many_streams",
                        "too_many_streams_of_key",
                        "events_unavailable",
                        OTHER)
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), cause -> Counter.builder("headwaiter.turned.away")
                                .description("Requests answered 503 or 429, by the code in the answer")
                                .tag("cause", cause)
                                .register(meters)));
    }

    public void count(Problem problem) {
        if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE || problem.status() == HttpStatus.TOO_MANY_REQUESTS) {
            Counter counter = counters.containsKey(problem.code()) ? counters.get(problem.code()) : counters.get(OTHER);
            if (counter != null) {
                counter.increment();
            }
        }
    }
}
