package io.headwaiter.local.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the launcher itself does in the database, as its superuser. */
final class Database {

    static final String NAME = "headwaiter";

    private final String serverUrl;
    private final String user;
    private final String password;

    /** `serverUrl` ends with a slash: a database's name follows. */
    Database(String serverUrl, String user, String password) {
        this.serverUrl = serverUrl;
        this.user = user;
        this.password = password;
    }

    String url() {
        return serverUrl + NAME;
    }

    void createIfMissing() throws SQLException {
        try (var connection = connect("postgres");
                var statement = connection.createStatement();
                var found = statement.executeQuery("select 1 from pg_database where datname = '" + NAME + "'")) {
            if (!found.next()) {
                connection.createStatement().execute("create database " + NAME);
            }
        }
    }

    /** Puts the demo restaurants into a database that has no restaurant yet, all of them or none. Says whether it did. */
    boolean addDemoIfNew() throws SQLException {
        try (var connection = connect(NAME);
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try (var found = statement.executeQuery("select 1 from restaurants limit 1")) {
                if (found.next()) {
                    return false;
                }
            }
            statement.execute(demo());
            connection.commit();
            return true;
        }
    }

    /** What the server itself says about the settings that keep a committed booking. */
    Map<String, String> durability() throws SQLException {
        var shown = new LinkedHashMap<String, String>();
        try (var connection = connect(NAME);
                var statement = connection.createStatement()) {
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                try (var result = statement.executeQuery("show " + setting)) {
                    result.next();
                    shown.put(setting, result.getString(1));
                }
            }
        }
        return shown;
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(serverUrl + database, user, password);
    }

    private static String demo() {
        try (var stream = Database.class.getResourceAsStream("demo.sql")) {
            if (stream == null) {
                throw new IllegalStateException("demo.sql is missing from the build");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
