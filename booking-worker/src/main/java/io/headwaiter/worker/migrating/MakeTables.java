package io.headwaiter.worker.migrating;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the tables to this version, by the migrations in {@code schemas}. */
class MakeTables {

    private final DataSource database;

    MakeTables(DataSource database) {
        this.database = database;
    }

    void make() {
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:io/headwaiter/schemas/migrations")
                // Nothing to do, and nothing found, are two things.
                .failOnMissingLocations(true)
                .load()
                .migrate();
    }
}
