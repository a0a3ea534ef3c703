package io.headwaiter.worker.testing;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.local.services.Services;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestKey;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.worker.WorkerApplication;
import io.headwaiter.worker.migrating.Migrate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One worker on the shared broker and a database of its own, for all test classes of this JVM. Tests keep out of each
 * other's way by using restaurants of their own.
 */
public final class RunningWorker {

    private static @Nullable RunningWorker shared;

    private final Services services = Services.shared();
    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private final List<String> settings;
    private final KafkaProducer<String, byte[]> producer;
    private final ConfigurableApplicationContext context;

    /** What the worker published, from the first record on. */
    public final EventsSeen events;

    private RunningWorker() {
        String name = services.createDatabase();
        database.setUrl(services.jdbcUrl(name));
        database.setUser(services.superuser());
        database.setPassword(services.superuserPassword());
        String kafka = "--spring.kafka.bootstrap-servers=" + services.bootstrapServers();
        int status = Migrate.run(
                kafka,
                "--spring.datasource.url=" + services.jdbcUrl(name),
                "--spring.datasource.username=" + services.superuser(),
                "--spring.datasource.password=" + services.superuserPassword(),
                "--headwaiter.worker-password=worker's \"secret\"",
                "--headwaiter.gateway-password=gateway-secret",
                "--headwaiter.admin-key=an-admin-key-that-nobody-can-guess");
        if (status != 0) {
            throw new IllegalStateException("migrate failed");
        }
        settings = List.of(
                kafka,
                "--spring.datasource.url=" + services.jdbcUrl(name),
                "--spring.datasource.username=headwaiter_worker",
                "--spring.datasource.password=worker's \"secret\"",
                "--server.port=0");
        context = start();
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        services.bootstrapServers(),
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        4 * 1024 * 1024),
                new StringSerializer(),
                new ByteArraySerializer());
        events = new EventsSeen(services.bootstrapServers());
    }

    public static synchronized RunningWorker shared() {
        if (shared == null) {
            shared = new RunningWorker();
        }
        return shared;
    }

    /** One more worker of the same group; the caller closes it. */
    public ConfigurableApplicationContext start() {
        return SpringApplication.run(WorkerApplication.class, settings.toArray(String[]::new));
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public String bootstrapServers() {
        return services.bootstrapServers();
    }

    /** As the database's superuser, whom no wall stops. */
    public JdbcClient jdbc() {
        return JdbcClient.create(database);
    }

    public PGSimpleDataSource database() {
        return database;
    }

    public ARestaurant.Added add(ARestaurant restaurant) {
        return restaurant.addTo(database);
    }

    /** Sends a request under a fresh id to the partition of its table (0: none named). */
    public RequestMessage place(PlaceBooking asked) {
        return place(RequestId.random(), asked);
    }

    public RequestMessage place(RequestId id, PlaceBooking asked) {
        long table = asked.tableId() == null ? 0 : asked.tableId();
        return place(id, asked, new RequestKey(asked.restaurantId(), table));
    }

    public RequestMessage place(RequestId id, PlaceBooking asked, RequestKey key) {
        RequestMessage message = new RequestMessage(id, Fingerprint.of(asked), asked);
        send(message.toRecord(key, Instant.now()));
        return message;
    }

    public Future<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
        return producer.send(record);
    }
}
