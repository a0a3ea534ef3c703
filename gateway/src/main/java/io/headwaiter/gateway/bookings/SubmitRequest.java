package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.GatewayProperties;
import io.headwaiter.gateway.bookings.PublishRequest.Publication;
import io.headwaiter.gateway.bookings.Waiters.Waiter;
import io.headwaiter.gateway.directory.Directory;
import io.headwaiter.schemas.RequestMessage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Sends a request on its way and waits for its outcome, if that is wanted:
 *
 * <pre>
 * take a place among the waiting -> publish -> the tail of events tells -> or else one look at what is stored
 * </pre>
 */
@Component
class SubmitRequest {

    private static final Logger LOG = LoggerFactory.getLogger(SubmitRequest.class);

    private final PublishRequest publish;
    private final Waiters waiters;
    private final StoredOutcomes stored;
    private final Directory directory;
    private final Duration freshness;
    private final Timer decided;
    private final Timer ranOut;
    private final Counter noPlace;

    SubmitRequest(
            PublishRequest publish,
            Waiters waiters,
            StoredOutcomes stored,
            Directory directory,
            GatewayProperties properties,
            MeterRegistry meters) {
        this.publish = publish;
        this.waiters = waiters;
        this.stored = stored;
        this.directory = directory;
        this.freshness = properties.directoryRefresh().multipliedBy(2);
        this.decided = waits("decided").register(meters);
        this.ranOut = waits("ran_out").register(meters);
        this.noPlace = Counter.builder("headwaiter.waits.without.place")
                .description("Callers answered 202 at once although they would have waited: too many did")
                .register(meters);
    }

    private static Timer.Builder waits(String ended) {
        return Timer.builder("headwaiter.waits")
                .description(
                        "From a request's arrival to what its caller was told: the outcome, or that there is none yet")
                .tag("ended", ended)
                .serviceLevelObjectives(Stream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000)
                        .map(Duration::ofMillis)
                        .toArray(Duration[]::new));
    }

    /** The outcome; empty when it is not known in time, or not waited for. The request is then taken all the same. */
    Optional<Outcome> submit(RequestMessage message, RequestToken token, Duration wait) {
        long start = System.nanoTime();
        Optional<Waiter> place =
                wait.isZero() ? Optional.empty() : waiters.waitFor(Awaited.of(token), start + wait.toNanos());
        if (place.isEmpty()) {
            if (!wait.isZero()) {
                noPlace.increment();
            }
            publish.begin(message, token.key()).await();
            return Optional.empty();
        }
        try (Waiter waiter = place.get()) {
            Publication publication = publish.begin(message, token.key());
            publication.ifItFails(waiter::giveUp);
            // One wait: whoever has the outcome knows that the broker had the request.
            Optional<Outcome> outcome = waiter.await();
            if (outcome.isEmpty()) {
                publication.await();
                outcome = lastLook(token);
            }
            (outcome.isPresent() ? decided : ranOut).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            return outcome;
        }
    }

    /** The event may have come while the tail was broken. Not worth holding up a caller when the database is away, too. */
    private Optional<Outcome> lastLook(RequestToken token) {
        if (!directory.isFresh(freshness)) {
            return Optional.empty();
        }
        try {
            return stored.of(token);
        } catch (DataAccessException | TransactionException away) {
            LOG.debug("The outcome could not be looked up, so its caller will come back for it", away);
            return Optional.empty();
        }
    }
}
