package io.headwaiter.local.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Broker and database as processes of this machine, on throwaway data. */
final class ProcessServices implements Services {

    private static final String PASSWORD = "test";

    private final LocalBroker broker;
    private final LocalDatabase database;
    private final CreateDatabase createDatabase = new CreateDatabase();

    private ProcessServices(LocalBroker broker, LocalDatabase database) {
        this.broker = broker;
        this.database = database;
    }

    static ProcessServices start() {
        var broker = CompletableFuture.supplyAsync(() -> LocalBroker.start(
                new LocalBroker.Settings(throwawayDirectory("broker"), FreePort.find(), "512m", true)));
        var database = LocalDatabase.start(
                new LocalDatabase.Settings(throwawayDirectory("postgresql"), FreePort.find(), PASSWORD, true));
        return new ProcessServices(broker.join(), database);
    }

    private static Path throwawayDirectory(String name) {
        try {
            return Files.createTempDirectory("headwaiter-test-" + name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LocalBroker broker() {
        return broker;
    }

    LocalDatabase database() {
        return database;
    }

    @Override
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public String jdbcUrl(String database) {
        return this.database.jdbcUrl(database);
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
        broker.stop(Duration.ofSeconds(5));
        database.stop(Duration.ofSeconds(5));
    }
}
