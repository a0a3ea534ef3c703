package io.headwaiter.worker.requests;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Tells "the database cannot answer now" from "this record makes our code fail". When in doubt it is an outage: waiting
 * loses nothing, while calling an outage a defect would refuse good requests.
 */
final class Outage {

    /**
     * Classes of SQLState that speak of what was written, not of the server (PostgreSQL's appendix A): cardinality, data,
     * integrity, no data, and an exception that a function raised. All others, a missing table or a revoked right among
     * them, are mended by an operator, and no record is to blame for them.
     */
    private static final Set<String> BLAMES_THE_RECORD = Set.of("21", "22", "23", "02", "P0");

    private Outage() {}

    static boolean isBehind(Throwable failure) {
        SQLException sql = sqlBehind(failure);
        if (sql != null) {
            String state = sql.getSQLState();
            return state == null || state.length() != 5 || !BLAMES_THE_RECORD.contains(state.substring(0, 2));
        }
        return failure instanceof TransientDataAccessException
                || failure instanceof DataAccessResourceFailureException
                || failure instanceof TransactionException;
    }

    private static @Nullable SQLException sqlBehind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
