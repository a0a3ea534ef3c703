package io.headwaiter.gateway.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.headwaiter.gateway.GatewayProperties;
import io.headwaiter.gateway.directory.Caller;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * How many requests each key may send to this gateway: a bucket a key, in memory, that fills up at the sustained rate. Gateways
 * do not add up what a key sends to all of them, so a key may send as many times the limit as there are gateways.
 */
@Component
class RateLimits {

    /** Far more keys than are busy at once; one that is dropped too early begins with a full bucket. */
    private static final int MOST_KEYS = 100_000;

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final long burst;
    private final long windowSeconds;
    private final LoadingCache<Long, Bucket> buckets;

    /** @param seconds until the next request is let in, when this one is not, else until all of the quota is there again */
    record Quota(boolean admitted, long remaining, long seconds) {}

    RateLimits(GatewayProperties properties) {
        this.burst = properties.rateBurst();
        this.windowSeconds = Math.ceilDiv(burst, properties.rateLimit());
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_KEYS)
                // A bucket that nobody drew from for so long is full, as a new one is.
                .expireAfterAccess(Duration.ofSeconds(windowSeconds + 1))
                .build(key -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(burst).refillGreedy(properties.rateLimit(), SECOND))
                        .withNanosecondPrecision()
                        .build());
    }

    /** The most that a key may send in a window of so many seconds, and go on doing so. */
    long burst() {
        return burst;
    }

    long windowSeconds() {
        return windowSeconds;
    }

    /** Counts one request of this key. */
    Quota count(Caller caller) {
        ConsumptionProbe probe = buckets.get(caller.keyId()).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? new Quota(true, probe.getRemainingTokens(), seconds(probe.getNanosToWaitForReset()))
                : new Quota(false, 0, seconds(probe.getNanosToWaitForRefill()));
    }

    private static long seconds(long nanos) {
        return Math.ceilDiv(nanos, SECOND.toNanos());
    }
}
