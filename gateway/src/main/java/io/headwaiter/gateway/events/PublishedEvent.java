package io.headwaiter.gateway.events;

import io.headwaiter.schemas.BookingEvent;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.UnreadableMessage;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** An event as it stands in its topic. Nothing of it is read before somebody wants to know, and then once. For one thread. */
public final class PublishedEvent {

    private final ConsumerRecord<String, byte[]> record;
    private @Nullable Optional<BookingEvent> understood;
    private @Nullable Optional<Frame> frame;

    PublishedEvent(ConsumerRecord<String, byte[]> record) {
        this.record = record;
    }

    EventId id() {
        return new EventId(record.partition(), record.offset());
    }

    /** The restaurant's id, as text. */
    @Nullable
    String restaurant() {
        return record.key();
    }

    /** A header's text, or null when there is none. */
    public @Nullable String header(String name) {
        return FrozenEvent.header(record.headers(), name);
    }

    public BookingEvent read() throws UnreadableMessage {
        return FrozenEvent.read(record.headers(), record.value());
    }

    /** What it says; empty when that is for a newer gateway to understand. */
    Optional<BookingEvent> understood() {
        if (understood == null) {
            try {
                understood = Optional.of(read());
            } catch (UnreadableMessage unreadable) {
                understood = Optional.empty();
            }
        }
        return understood;
    }

    /** As streams write it; empty for what is no CloudEvent with JSON, and nobody's to hear. */
    Optional<Frame> frame() {
        if (frame == null) {
            frame = StructuredEvent.of(record).map(event -> new Frame(id(), event.type(), event.json()));
        }
        return frame;
    }

    @Override
    public String toString() {
        return record.topic() + "-" + record.partition() + " at " + record.offset();
    }
}
