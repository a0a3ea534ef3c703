package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.GatewayProperties;
import io.headwaiter.gateway.bookings.Waiters.Waiter;
import io.headwaiter.gateway.directory.Directory;
import io.headwaiter.schemas.RequestMessage;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Sends a request on its way and waits for its outcome, if that is wanted:
 *
 * <pre>
 * take a place among the waiting -> publish, acknowledged -> the tail of events tells -> or else one look at what is stored
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

    SubmitRequest(
            PublishRequest publish,
            Waiters waiters,
            StoredOutcomes stored,
            Directory directory,
            GatewayProperties properties) {
        this.publish = publish;
        this.waiters = waiters;
        this.stored = stored;
        this.directory = directory;
        this.freshness = properties.directoryRefresh().multipliedBy(2);
    }

    /** The outcome; empty when it is not known in time, or not waited for. The request is then taken all the same. */
    Optional<Outcome> submit(RequestMessage message, RequestToken token, Duration wait) {
        long start = System.nanoTime();
        Optional<Waiter> place = wait.isZero() ? Optional.empty() : waiters.waitFor(Awaited.of(token));
        if (place.isEmpty()) {
            publish.publish(message, token.key());
            return Optional.empty();
        }
        try (Waiter waiter = place.get()) {
            publish.publish(message, token.key());
            Duration left = wait.minusNanos(System.nanoTime() - start);
            return waiter.await(left).or(() -> lastLook(token));
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
