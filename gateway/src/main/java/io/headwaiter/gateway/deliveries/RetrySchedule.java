package io.headwaiter.gateway.deliveries;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * When a delivery that failed is tried again: the schedule that Standard Webhooks recommends, a little more than three days in
 * all, a tenth earlier or later, so that what failed together does not come back together.
 */
final class RetrySchedule {

    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    /** With the first one, which comes at once. */
    static final int ATTEMPTS = PAUSES.size() + 1;

    /** However long an endpoint asks to be left alone. */
    static final Duration LONGEST_ASKED_FOR = Duration.ofHours(24);

    private static final double JITTER = 0.1;

    private RetrySchedule() {}

    /**
     * The pause after so many attempts; empty when that was the last.
     *
     * @param askedFor by the endpoint: no sooner, but nobody is to ask for the next year
     */
    static Optional<Duration> pauseAfter(int attempts, @Nullable Duration askedFor) {
        if (attempts >= ATTEMPTS) {
            return Optional.empty();
        }
        Duration pause = PAUSES.get(attempts - 1);
        double factor = ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER);
        return Optional.of(longer(Duration.ofMillis(Math.round(pause.toMillis() * factor)), bounded(askedFor)));
    }

    private static Duration bounded(@Nullable Duration askedFor) {
        if (askedFor == null) {
            return Duration.ZERO;
        }
        return askedFor.compareTo(LONGEST_ASKED_FOR) > 0 ? LONGEST_ASKED_FOR : askedFor;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
