package io.headwaiter.local.faults.kinds;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;

import io.headwaiter.local.faults.cluster.Await;
import io.headwaiter.local.faults.history.Asked;
import io.headwaiter.local.faults.history.Digest;
import io.headwaiter.local.faults.history.Entry;
import io.headwaiter.local.faults.history.Recorder;
import io.headwaiter.local.faults.history.Ticket;
import io.headwaiter.local.fixtures.ARestaurant.Added;
import io.headwaiter.schemas.CancelBooking;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.Request;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestKey;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Requests that faults ask for themselves, put among the others past the gateways, on whatever partition they like. */
public final class OwnRequests implements AutoCloseable {

    private static final int TABLES = 8;
    private static final int LARGEST = 1024 * 1024;
    /** So long that what is sent at once goes as one. */
    private static final int LINGER_MILLIS = 100;

    private final Recorder history;
    private final JdbcClient jdbc;
    private final long partnerId;
    private final Added restaurant;
    private final KafkaProducer<String, byte[]> producer;
    private int days;

    private OwnRequests(Recorder history, JdbcClient jdbc, long partnerId, Added restaurant, String bootstrapServers) {
        this.history = history;
        this.jdbc = jdbc;
        this.partnerId = partnerId;
        this.restaurant = restaurant;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        LINGER_MILLIS,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        2 * LARGEST),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /**
     * In a restaurant where nobody else books.
     *
     * @param database as its superuser
     */
    public static OwnRequests of(DataSource database, long partnerId, Recorder history, String bootstrapServers) {
        int[] tables = new int[TABLES];
        Arrays.fill(tables, 4);
        Added restaurant = aRestaurant()
                .named("The harness's own")
                .withTables(tables)
                .buffer(0)
                .addTo(database);
        history.record(new Entry.House(restaurant.id(), 0));
        return new OwnRequests(history, JdbcClient.create(database), partnerId, restaurant, bootstrapServers);
    }

    long table(int index) {
        return restaurant.table(index);
    }

    /** An evening, to come, that nobody was given before. */
    Instant anotherEvening() {
        return Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .plus(2 + days++ % 390, ChronoUnit.DAYS)
                .plus(18, ChronoUnit.HOURS);
    }

    /**
     * Returns before the broker has it; see {@link #flush}.
     *
     * @param table null: any
     */
    RequestMessage place(int partition, @Nullable Long table, Instant date) {
        PlaceBooking asked = new PlaceBooking(restaurant.id(), partnerId, date, 2, table, null, null, null, null, null);
        RequestMessage message = message(asked);
        send(partition, message, new Asked.Place(date, 2, table, null));
        return message;
    }

    /** Takes back what was asked for before. */
    RequestMessage withdraw(int partition, RequestMessage placed) {
        CancelBooking asked = new CancelBooking(
                restaurant.id(),
                partnerId,
                null,
                placed.id().toString(),
                placed.fingerprint().hex(),
                null,
                null,
                true);
        RequestMessage message = message(asked);
        send(partition, message, new Asked.Withdraw(ticket(placed)));
        return message;
    }

    private static RequestMessage message(Request asked) {
        return new RequestMessage(RequestId.create(), Fingerprint.of(asked), asked);
    }

    private static Ticket ticket(RequestMessage message) {
        return Ticket.of(
                message.asked().restaurantId(),
                message.id().toString(),
                message.fingerprint().hex());
    }

    private void send(int partition, RequestMessage message, Asked asked) {
        long call = history.nextCall();
        history.record(new Entry.Call(
                call, restaurant.id(), null, message.id().value(), asked, Instant.now(), "none, by the harness"));
        ProducerRecord<String, byte[]> record = message.toRecord(new RequestKey(restaurant.id(), 0), Instant.now());
        var unused = producer.send(
                new ProducerRecord<>(record.topic(), partition, record.key(), record.value(), record.headers()),
                (where, failure) -> {
                    if (failure == null) {
                        history.record(
                                new Entry.Told(call, Instant.now(), false, 202, ticket(message), null, null, false));
                    }
                });
    }

    /** Returns when the broker has everything. */
    void flush() {
        producer.flush();
    }

    /** Returns when the broker has it: from then on there must be a dead letter about it. */
    void poison(int partition, byte @Nullable [] key, Headers headers, byte @Nullable [] value) {
        Future<RecordMetadata> sent = producer.send(new ProducerRecord<>(
                Topics.REQUESTS,
                partition,
                key == null ? null : new String(key, StandardCharsets.UTF_8),
                value,
                headers));
        producer.flush();
        try {
            poisoned(partition, sent.get().offset(), value);
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the broker does not take it", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** From now on there must be a dead letter about it. */
    void poisoned(int partition, long offset, byte @Nullable [] value) {
        history.record(new Entry.Poisoned(partition, offset, Digest.of(value)));
    }

    /** A request as it should be, to be spoilt. */
    ProducerRecord<String, byte[]> good() {
        return message(new PlaceBooking(
                        restaurant.id(), partnerId, anotherEvening(), 2, null, null, null, null, null, null))
                .toRecord(new RequestKey(restaurant.id(), 0), Instant.now());
    }

    /** Why each was refused, or {@code confirmed} for what was granted; without those that are not decided yet. */
    Map<UUID, String> decided(Collection<RequestMessage> asked) {
        Map<UUID, String> decided = new HashMap<>();
        jdbc.sql("select id, coalesce(reason, outcome) from booking_requests where restaurant_id = ? and id = any(?)")
                .params(
                        restaurant.id(),
                        asked.stream().map(message -> message.id().value()).toArray(UUID[]::new))
                .query((row, number) -> decided.put(row.getObject(1, UUID.class), row.getString(2)))
                .list();
        return decided;
    }

    boolean awaitDecided(Collection<RequestMessage> asked, Duration limit) {
        return Await.until(limit, () -> decided(asked).size() == asked.size());
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
