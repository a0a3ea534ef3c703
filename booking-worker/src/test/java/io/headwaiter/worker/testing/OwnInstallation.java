package io.headwaiter.worker.testing;

import static org.awaitility.Awaitility.await;

import io.headwaiter.local.services.FreePort;
import io.headwaiter.local.services.LocalBroker;
import io.headwaiter.local.services.LocalDatabase;
import io.headwaiter.schemas.Topics;
import io.headwaiter.worker.WorkerApplication;
import io.headwaiter.worker.migrating.Migrate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A broker and a database that a test may stop, copy and reset, since no other test uses them. */
public final class OwnInstallation implements AutoCloseable {

    private static final String GROUP = "booking-worker";
    private static final String PASSWORD = "test";
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    private final Path directory;
    private final int databasePort = FreePort.find();
    private final LocalBroker broker;
    private final KafkaProducer<String, byte[]> producer;
    private LocalDatabase database;

    /** What was published, from the first record on. */
    public final EventsSeen events;

    public OwnInstallation() {
        directory = makeDirectory();
        CompletableFuture<LocalBroker> starting = CompletableFuture.supplyAsync(() -> LocalBroker.start(
                new LocalBroker.Settings(directory.resolve("broker"), FreePort.find(), "256m", true)));
        database = startDatabase();
        broker = starting.join();
        int status = Migrate.run(Stream.concat(
                        Stream.of(
                                "--spring.datasource.username=" + LocalDatabase.SUPERUSER,
                                "--spring.datasource.password=" + PASSWORD,
                                "--headwaiter.worker-password=" + RunningWorker.WORKER_PASSWORD),
                        servers())
                .toArray(String[]::new));
        if (status != 0) {
            throw new IllegalStateException("migrate failed");
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
        events = new EventsSeen(broker.bootstrapServers());
    }

    private static Path makeDirectory() {
        try {
            return Files.createTempDirectory("headwaiter-test-own-");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private LocalDatabase startDatabase() {
        return LocalDatabase.start(directory.resolve("database"), databasePort, PASSWORD);
    }

    private Stream<String> servers() {
        return Stream.of(
                "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                "--spring.datasource.url=" + database.jdbcUrl("postgres"));
    }

    /** What a worker and a worker's commands are told. */
    public String[] settings(String... command) {
        return Stream.concat(
                        Stream.of(command),
                        Stream.concat(
                                servers(),
                                Stream.of(
                                        "--spring.datasource.username=headwaiter_worker",
                                        "--spring.datasource.password=" + RunningWorker.WORKER_PASSWORD,
                                        "--server.port=0")))
                .toArray(String[]::new);
    }

    /** The caller closes it. */
    public ConfigurableApplicationContext startWorker() {
        return SpringApplication.run(WorkerApplication.class, settings());
    }

    public PGSimpleDataSource superuser() {
        PGSimpleDataSource superuser = new PGSimpleDataSource();
        superuser.setUrl(database.jdbcUrl("postgres"));
        superuser.setUser(LocalDatabase.SUPERUSER);
        superuser.setPassword(PASSWORD);
        return superuser;
    }

    public JdbcClient jdbc() {
        return JdbcClient.create(superuser());
    }

    /** Where the record is, once the broker has it. */
    public RecordMetadata send(ProducerRecord<String, byte[]> record) {
        try {
            return producer.send(record).get();
        } catch (ExecutionException | InterruptedException failure) {
            throw new IllegalStateException("the broker does not take the record", failure);
        }
    }

    /** Stops the broker where it is, while {@code meanwhile} runs. */
    public <T> T whileBrokerIsFrozen(Supplier<T> meanwhile) {
        broker.process().signal("STOP");
        try {
            return meanwhile.get();
        } finally {
            broker.process().signal("CONT");
        }
    }

    /** Copies the database's files while it is stopped. */
    public void backUp() {
        stopDatabase();
        run("cp", "-a", data("cluster"), data("backup"));
        database = startDatabase();
    }

    /** Goes on with the database as it was backed up. */
    public void restore() {
        stopDatabase();
        run("rm", "-rf", data("cluster"));
        run("mv", data("backup"), data("cluster"));
        database = startDatabase();
    }

    /** The requests' partitions that a worker begins with at their first record; the others at their end. */
    public void beginAgain(int... partitions) {
        try (Admin admin = admin()) {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            ends(admin)
                    .forEach((partition, end) -> offsets.put(
                            partition,
                            new OffsetAndMetadata(
                                    IntStream.of(partitions).anyMatch(one -> one == partition.partition()) ? 0 : end)));
            admin.alterConsumerGroupOffsets(GROUP, offsets).all().get();
        } catch (ExecutionException | InterruptedException failure) {
            throw new IllegalStateException("the group's offsets cannot be set", failure);
        }
    }

    /** Returns when no request is left to decide. */
    public void awaitNothingPending() {
        try (Admin admin = admin()) {
            await("a worker that has caught up").atMost(LONG_ENOUGH).until(() -> {
                Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(GROUP)
                        .partitionsToOffsetAndMetadata()
                        .get();
                return ends(admin).entrySet().stream().allMatch(end -> {
                    OffsetAndMetadata at = committed.get(end.getKey());
                    return (at == null ? 0 : at.offset()) == end.getValue();
                });
            });
        }
    }

    private static Map<TopicPartition, Long> ends(Admin admin) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < Topics.REQUEST_PARTITIONS; partition++) {
            latest.put(new TopicPartition(Topics.REQUESTS, partition), OffsetSpec.latest());
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private String data(String name) {
        return directory.resolve("database").resolve(name).toString();
    }

    private void stopDatabase() {
        if (!database.stop(Duration.ofSeconds(20))) {
            throw new IllegalStateException("PostgreSQL had to be killed: its files are no backup");
        }
    }

    private static void run(String... command) {
        try {
            if (new ProcessBuilder(List.of(command)).inheritIO().start().waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed");
            }
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        events.close();
        producer.close();
        broker.stop(Duration.ofSeconds(5));
        stopDatabase();
        run("rm", "-rf", directory.toString());
    }
}
