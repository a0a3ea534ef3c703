package io.headwaiter.gateway.problems;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL's error codes say about whether it is there. */
final class SqlStates {

    private SqlStates() {}

    /**
     * Whether the server was away, going, or over-burdened (connection, resources, operator, system), or ended the transaction
     * because it took too long: nothing is wrong with what was asked.
     */
    static boolean meanAway(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && meansAway(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static boolean meansAway(@Nullable String state) {
        return state != null
                && (state.startsWith("08")
                        || state.startsWith("53")
                        || state.startsWith("57")
                        || state.startsWith("58")
                        || state.equals("25P03")
                        || state.equals("25P04"));
    }
}
