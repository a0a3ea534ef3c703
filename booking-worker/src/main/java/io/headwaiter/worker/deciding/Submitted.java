package io.headwaiter.worker.deciding;

import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.schemas.TraceParent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request as it was read, valid under its contract.
 *
 * @param recordedAt the record's time in Kafka: the same however often the record is delivered
 * @param traceParent where it was sent, if that is recorded; its event tells
 */
public record Submitted(RequestMessage message, Instant recordedAt, @Nullable TraceParent traceParent) {

    long restaurantId() {
        return message.asked().restaurantId();
    }

    /** For an event that must be the same for every record with this request, whatever trace each is part of. */
    Submitted untraced() {
        return new Submitted(message, recordedAt, null);
    }
}
