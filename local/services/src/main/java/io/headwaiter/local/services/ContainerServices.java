package io.headwaiter.local.services;

import java.util.concurrent.CompletableFuture;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Broker and database in containers, of the images that production uses. Testcontainers is an optional dependency. */
final class ContainerServices implements Services {

    private static final String PASSWORD = "test";

    private final KafkaContainer broker;
    private final PostgreSQLContainer database;
    private final CreateDatabase createDatabase = new CreateDatabase();

    private ContainerServices(KafkaContainer broker, PostgreSQLContainer database) {
        this.broker = broker;
        this.database = database;
    }

    // The database's command replaces Testcontainers' own, which turns fsync off.
    @SuppressWarnings("resource") // Closed with this object.
    static ContainerServices start() {
        var broker = new KafkaContainer("apache/kafka:4.2.2")
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                .withEnv("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "4");
        var database = new PostgreSQLContainer("postgres:18")
                .withUsername(LocalDatabase.SUPERUSER)
                .withPassword(PASSWORD)
                .withCommand("postgres", "-c", "max_connections=100", "-c", "jit=off");
        var brokerStarts = CompletableFuture.runAsync(broker::start);
        database.start();
        brokerStarts.join();
        return new ContainerServices(broker, database);
    }

    @Override
    public String bootstrapServers() {
        return broker.getBootstrapServers();
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + this.database.getHost() + ":"
                + this.database.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT) + "/" + database;
    }

    @Override
    public String superuser() {
        return LocalDatabase.SUPERUSER;
    }

    @Override
    public String superuserPassword() {
        return PASSWORD;
    }

    @Override
    public String createDatabase() {
        return createDatabase.on(this);
    }

    @Override
    public void close() {
        broker.stop();
        database.stop();
    }
}
