package io.headwaiter.notifications;

import io.headwaiter.schemas.BookingCancelled;
import io.headwaiter.schemas.BookingConfirmed;
import io.headwaiter.schemas.BookingEvent;
import io.headwaiter.schemas.BookingMoved;
import io.headwaiter.schemas.BookingRejected;
import io.headwaiter.schemas.BookingStatusChanged;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.ReservationFacts;
import io.headwaiter.schemas.TableFacts;
import io.headwaiter.schemas.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The topic, and what a worker would publish to it. */
final class Events implements AutoCloseable {

    /** Six in the evening in London, seven in Madrid, one in the afternoon in New York. */
    static final Instant DATE = Instant.parse("2027-01-01T18:00:00Z");

    private static final TableFacts TABLE = new TableFacts(12, "Terrace 3", 4);
    private static final Fingerprint FINGERPRINT = Fingerprint.of(new byte[16]);

    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicLong ids = new AtomicLong(800);

    Events(String brokers) {
        Map<String, Object> settings = Map.of("bootstrap.servers", brokers);
        try (Admin admin = Admin.create(settings)) {
            admin.createTopics(List.of(new NewTopic(Topics.EVENTS, 2, (short) 1)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A booking that is made and changed. Each of its events has an id of its own. */
    record Booking(long id, long restaurantId, @Nullable Long client) {

        BookingEvent confirmed() {
            return new BookingConfirmed("r", restaurantId, 7, facts(1, DATE, 4, "confirmed"), TABLE);
        }

        BookingEvent moved(int version) {
            BookingMoved.Previous before = new BookingMoved.Previous(DATE, DATE.plusSeconds(7200), 4, 12);
            Instant later = DATE.plusSeconds(24 * 3600);
            return new BookingMoved("r", restaurantId, 7, facts(version, later, 1, "confirmed"), TABLE, before);
        }

        BookingEvent cancelled(int version) {
            return new BookingCancelled("r", restaurantId, 7, facts(version, DATE, 4, "cancelled"), TABLE);
        }

        BookingEvent seated(int version) {
            return new BookingStatusChanged(
                    "r", restaurantId, 7, facts(version, DATE, 4, "seated"), TABLE, "confirmed");
        }

        BookingEvent refused() {
            return new BookingRejected(
                    "r", restaurantId, 7, "closed", new BookingRejected.Asked(DATE, 4, null, null), null);
        }

        private ReservationFacts facts(int version, Instant date, int guests, String status) {
            return new ReservationFacts(
                    id, date, date.plusSeconds(7200), guests, 12, client, status, version, 7L, "order-4711");
        }
    }

    Booking booking(long restaurantId, @Nullable Long client) {
        return new Booking(ids.incrementAndGet(), restaurantId, client);
    }

    /** Says the event's id. */
    String publish(BookingEvent event) {
        return publish(event, Instant.now());
    }

    String publish(BookingEvent event, Instant decidedAt) {
        String id = "evt_" + UUID.randomUUID().toString().replace("-", "");
        publish(id, event, decidedAt);
        return id;
    }

    void publish(String id, BookingEvent event, Instant decidedAt) {
        publish(FrozenEvent.freeze(id, FINGERPRINT, event, decidedAt, null).toRecord(event.restaurantId()));
    }

    void publish(ProducerRecord<byte[], byte[]> record) {
        try {
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
