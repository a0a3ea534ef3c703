package io.headwaiter.worker.testing;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.local.services.Services;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.Request;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestKey;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.schemas.Topics;
import io.headwaiter.worker.WorkerApplication;
import io.headwaiter.worker.migrating.Migrate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/**
 * One worker on the shared broker and a database of its own, for all test classes of this JVM. Tests keep out of each
 * other's way by using restaurants of their own.
 */
public final class RunningWorker {

    public static final String GATEWAY_PASSWORD = "gateway-secret";
    public static final String WORKER_PASSWORD = "worker's \"secret\"";
    public static final String ADMIN_KEY = "an-admin-key-that-nobody-can-guess";

    private static final String GROUP = "booking-worker";
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    private static @Nullable RunningWorker shared;

    private final Services services = Services.shared();
    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private final HikariDataSource pool = new HikariDataSource();
    private final JdbcClient jdbc;
    private final HttpClient http = HttpClient.newHttpClient();
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
        pool.setDataSource(database);
        pool.setMaximumPoolSize(4);
        jdbc = JdbcClient.create(pool);
        String kafka = "--spring.kafka.bootstrap-servers=" + services.bootstrapServers();
        if (migrate() != 0) {
            throw new IllegalStateException("migrate failed");
        }
        settings = List.of(
                kafka,
                "--spring.datasource.url=" + services.jdbcUrl(name),
                "--spring.datasource.username=headwaiter_worker",
                "--spring.datasource.password=" + WORKER_PASSWORD,
                // What one consumer has of a restaurant is one transaction at a time. With two, a restaurant's requests
                // meet in two at once, as with two workers, where they are sent to partitions of both. One is the
                // default, and what the gateway's tests have.
                "--headwaiter.worker.consumers=2",
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

    /**
     * Migrates this worker's database and broker.
     *
     * @param more settings besides, or instead
     */
    public int migrate(String... more) {
        List<String> all = new ArrayList<>(List.of(
                "--spring.kafka.bootstrap-servers=" + services.bootstrapServers(),
                "--spring.datasource.url=" + database.getUrl(),
                "--spring.datasource.username=" + services.superuser(),
                "--spring.datasource.password=" + services.superuserPassword(),
                "--headwaiter.worker-password=" + WORKER_PASSWORD,
                "--headwaiter.gateway-password=" + GATEWAY_PASSWORD,
                "--headwaiter.admin-key=" + ADMIN_KEY));
        all.addAll(List.of(more));
        // The later of two values for one setting would be added to the earlier.
        Map<String, String> settings = new LinkedHashMap<>();
        all.forEach(setting -> settings.put(setting.substring(0, setting.indexOf('=')), setting));
        return Migrate.run(settings.values().toArray(String[]::new));
    }

    /** One more worker of the same group; the caller closes it. */
    public ConfigurableApplicationContext start() {
        return SpringApplication.run(WorkerApplication.class, settings.toArray(String[]::new));
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public Services services() {
        return services;
    }

    public String bootstrapServers() {
        return services.bootstrapServers();
    }

    /** As the database's superuser, whom no wall stops. */
    public JdbcClient jdbc() {
        return jdbc;
    }

    /** Runs a statement, or a query for what it does. */
    public void execute(String sql) {
        JdbcTemplate template = new JdbcTemplate(pool);
        template.execute(sql);
    }

    public PGSimpleDataSource database() {
        return database;
    }

    /** As one of the apps' roles, within the walls. */
    public PGSimpleDataSource databaseAs(String role, String password) {
        PGSimpleDataSource walled = new PGSimpleDataSource();
        walled.setUrl(database.getUrl());
        walled.setUser(role);
        walled.setPassword(password);
        return walled;
    }

    public ARestaurant.Added add(ARestaurant restaurant) {
        return restaurant.addTo(pool);
    }

    /** Sends a request under a fresh id to the partition of its table (0: none named). */
    public RequestMessage place(PlaceBooking asked) {
        return place(RequestId.create(), asked);
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

    /** Sends what is to be changed to the partition of its restaurant's changes. */
    public RequestMessage change(Request asked) {
        RequestMessage message = new RequestMessage(RequestId.create(), Fingerprint.of(asked), asked);
        send(message.toRecord(new RequestKey(asked.restaurantId(), 0), Instant.now()));
        return message;
    }

    /** Sends a request to this partition, whatever its key would say. */
    public RequestMessage placeOn(int partition, RequestId id, Request asked) {
        RequestMessage message = new RequestMessage(id, Fingerprint.of(asked), asked);
        send(onPartition(partition, message));
        return message;
    }

    public static ProducerRecord<String, byte[]> onPartition(int partition, RequestMessage message) {
        RequestKey key = new RequestKey(message.asked().restaurantId(), 0);
        ProducerRecord<String, byte[]> record = message.toRecord(key, Instant.now());
        return new ProducerRecord<>(record.topic(), partition, record.key(), record.value(), record.headers());
    }

    public Future<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
        return producer.send(record);
    }

    /** Where the record is, once the broker has it. */
    public RecordMetadata sent(ProducerRecord<String, byte[]> record) {
        try {
            return send(record).get();
        } catch (ExecutionException | InterruptedException failure) {
            throw new IllegalStateException("the broker does not take the record", failure);
        }
    }

    /** What is sent meanwhile reaches the worker in as few batches as it can. */
    public void whilePaused(Runnable sending) {
        ConcurrentMessageListenerContainer<?, ?> requests = requests();
        requests.pause();
        await().atMost(LONG_ENOUGH).until(requests::isContainerPaused);
        try {
            sending.run();
            producer.flush();
        } finally {
            requests.resume();
        }
    }

    /** Stops the consumers, not the process. */
    public void whileStopped(Runnable meanwhile) {
        requests().stop();
        try {
            meanwhile.run();
            producer.flush();
        } finally {
            requests().start();
        }
    }

    /** Has the worker begin again at this record, as after a crash before it could commit the offset. */
    public void deliverAgainFrom(RecordMetadata first) {
        TopicPartition partition = new TopicPartition(first.topic(), first.partition());
        whileStopped(() -> {
            try (Admin admin = admin()) {
                admin.alterConsumerGroupOffsets(GROUP, Map.of(partition, new OffsetAndMetadata(first.offset())))
                        .all()
                        .get();
            } catch (ExecutionException | InterruptedException failure) {
                throw new IllegalStateException("the group's offsets cannot be set", failure);
            }
        });
    }

    /** The offset that a restarted worker would begin with. */
    public long committedOffset(int partition) {
        TopicPartition requests = new TopicPartition(Topics.REQUESTS, partition);
        try (Admin admin = admin()) {
            OffsetAndMetadata committed = admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(requests);
            return committed == null ? 0 : committed.offset();
        } catch (ExecutionException | InterruptedException failure) {
            throw new IllegalStateException("the group's offsets cannot be read", failure);
        }
    }

    public Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
    }

    /** What the worker's HTTP port answers to a GET. */
    public HttpResponse<String> get(String path) {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(LONG_ENOUGH)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException("the worker does not answer GET " + path, failure);
        }
    }

    public void awaitStatus(String path, int status) {
        await("status " + status + " of " + path)
                .atMost(LONG_ENOUGH)
                .until(() -> get(path).statusCode() == status);
    }

    private ConcurrentMessageListenerContainer<?, ?> requests() {
        return context.getBean(ConcurrentMessageListenerContainer.class);
    }
}
