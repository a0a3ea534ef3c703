package io.headwaiter.gateway.problems;

import java.sql.SQLException;
import java.util.Set;

/** What PostgreSQL's error codes say that Spring does not translate. */
final class SqlStates {

    /** The server ended the transaction: it was idle, or went on, for too long. */
    private static final Set<String> TOO_LONG = Set.of("25P03", "25P04");

    private SqlStates() {}

    static boolean meanTooLong(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && TOO_LONG.contains(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
