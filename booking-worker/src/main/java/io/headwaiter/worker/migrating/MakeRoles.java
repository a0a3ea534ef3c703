package io.headwaiter.worker.migrating;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Gives the apps' roles, which the first migration makes, their passwords. */
class MakeRoles {

    private final JdbcClient jdbc;
    private final MigrateProperties properties;

    MakeRoles(JdbcClient jdbc, MigrateProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    void make() {
        give("headwaiter_worker", properties.workerPassword());
        give("headwaiter_gateway", properties.gatewayPassword());
    }

    private void give(String role, @Nullable String password) {
        if (password == null || password.isEmpty()) {
            return;
        }
        // A password must stand in the statement itself: the database quotes it.
        String statement = jdbc.sql("select format('alter role %I password %L', :role::text, :password::text)")
                .param("role", role)
                .param("password", password)
                .query(String.class)
                .single();
        jdbc.sql(statement).update();
    }
}
