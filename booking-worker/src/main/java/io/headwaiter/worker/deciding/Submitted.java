package io.headwaiter.worker.deciding;

import io.headwaiter.schemas.RequestMessage;
import java.time.Instant;

/**
 * A request as it was read, valid under its contract.
 *
 * @param recordedAt the record's time in Kafka: the same however often the record is delivered
 */
public record Submitted(RequestMessage message, Instant recordedAt) {

    long restaurantId() {
        return message.asked().restaurantId();
    }
}
