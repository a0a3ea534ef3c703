package io.headwaiter.gateway.events;

import io.headwaiter.schemas.BookingEvent;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.UnreadableMessage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** An event as it stands in its topic. Nothing of it is read before somebody wants to know. */
public final class PublishedEvent {

    private final ConsumerRecord<String, byte[]> record;

    PublishedEvent(ConsumerRecord<String, byte[]> record) {
        this.record = record;
    }

    int partition() {
        return record.partition();
    }

    long offset() {
        return record.offset();
    }

    /** A header's text, or null when there is none. */
    public @Nullable String header(String name) {
        return FrozenEvent.header(record.headers(), name);
    }

    /** @throws tools.jackson.core.JacksonException when it is not JSON, or not as its type has it */
    public BookingEvent read() throws UnreadableMessage {
        return FrozenEvent.read(record.headers(), record.value());
    }

    @Override
    public String toString() {
        return record.topic() + "-" + record.partition() + " at " + record.offset();
    }
}
