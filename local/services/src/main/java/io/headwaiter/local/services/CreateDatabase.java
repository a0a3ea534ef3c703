package io.headwaiter.local.services;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives each test that asks an empty database of its own. */
final class CreateDatabase {

    private final AtomicInteger created = new AtomicInteger();

    String on(Services services) {
        String name = "test_" + created.incrementAndGet();
        try (var connection = DriverManager.getConnection(
                        services.jdbcUrl("postgres"), services.superuser(), services.superuserPassword());
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
            return name;
        } catch (SQLException e) {
            throw new IllegalStateException("Could not create the database " + name, e);
        }
    }
}
