package io.headwaiter.gateway.events;

import io.headwaiter.gateway.GatewayProperties;
import io.headwaiter.gateway.directory.Caller;
import io.headwaiter.gateway.problems.Problem;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Room for so many streams, and for so many of one key. */
@Component
class StreamPlaces {

    private static final int RETRY_SECONDS = 10;

    private final int limit;
    private final int perKey;
    private final Map<Long, Integer> byKey = new HashMap<>();
    private int taken;

    StreamPlaces(GatewayProperties properties, MeterRegistry meters) {
        this.limit = properties.streams().limit();
        this.perKey = properties.streams().perKey();
        Gauge.builder("headwaiter.streams.open", this, StreamPlaces::taken)
                .description("Live streams of events that are open")
                .register(meters);
    }

    /** A place, to be given back. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws RuntimeException 503 or 429 when there is none */
    synchronized Place take(Caller caller) {
        if (taken >= limit) {
            throw Problem.of(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "too_many_streams",
                            "This gateway has as many streams open as it may.")
                    .retryAfter(RETRY_SECONDS)
                    .asException();
        }
        if (byKey.getOrDefault(caller.keyId(), 0) >= perKey) {
            throw Problem.of(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "too_many_streams_of_key",
                            "This API key has as many streams open as it may, here: " + perKey + ".")
                    .retryAfter(RETRY_SECONDS)
                    .asException();
        }
        taken++;
        byKey.merge(caller.keyId(), 1, Integer::sum);
        return () -> giveBack(caller.keyId());
    }

    private synchronized void giveBack(long keyId) {
        taken--;
        byKey.computeIfPresent(keyId, (key, open) -> open == 1 ? null : open - 1);
    }

    private synchronized int taken() {
        return taken;
    }
}
