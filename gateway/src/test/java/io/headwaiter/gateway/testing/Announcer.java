package io.headwaiter.gateway.testing;

import io.headwaiter.schemas.BookingConfirmed;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.ReservationFacts;
import io.headwaiter.schemas.TableFacts;
import io.headwaiter.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes events as a worker does, of bookings that nobody made. */
public final class Announcer implements AutoCloseable {

    private static final Instant SOON = Instant.parse("2027-01-01T18:00:00Z");

    private final KafkaProducer<byte[], byte[]> kafka;

    public Announcer(Headwaiter headwaiter) {
        kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", headwaiter.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Where a restaurant's events are. */
    public static int partition(long restaurantId) {
        return BuiltInPartitioner.partitionForKey(
                Long.toString(restaurantId).getBytes(StandardCharsets.UTF_8), Topics.EVENT_PARTITIONS);
    }

    /** A restaurant that there is not, whose events are in the same partition as this one's. */
    public static long neighbour(long restaurantId) {
        return LongStream.iterate(1_000_000_000L, id -> id + 1)
                .filter(id -> partition(id) == partition(restaurantId))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the request ids of so many events, in order, when the broker has them. */
    public List<String> publish(long restaurantId, int count) {
        return publish(restaurantId, count, 10);
    }

    /** @param referenceLength makes them as large as one likes */
    public List<String> publish(long restaurantId, int count, int referenceLength) {
        List<String> requestIds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String requestId = "%016x%016x".formatted(restaurantId, System.nanoTime());
            BookingConfirmed event = new BookingConfirmed(
                    requestId,
                    restaurantId,
                    1,
                    new ReservationFacts(
                            1,
                            SOON,
                            SOON.plusSeconds(7200),
                            2,
                            1,
                            null,
                            "confirmed",
                            1,
                            1L,
                            "x".repeat(referenceLength)),
                    new TableFacts(1, "1", 2));
            Fingerprint fingerprint = Fingerprint.of(new byte[16]);
            kafka.send(FrozenEvent.freeze("evt_" + requestId, fingerprint, event, SOON, null)
                    .toRecord(restaurantId));
            requestIds.add(requestId);
        }
        kafka.flush();
        return requestIds;
    }

    @Override
    public void close() {
        kafka.close();
    }
}
