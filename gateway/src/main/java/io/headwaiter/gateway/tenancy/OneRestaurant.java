package io.headwaiter.gateway.tenancy;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions that see one restaurant and no other: the only way to a tenant's rows. The setting is local to the transaction,
 * so a pooled connection takes nothing of it along.
 */
@Component
public class OneRestaurant {

    private static final String LET_IN =
            """
            select set_config('headwaiter.restaurant_id', cast(:restaurant as text), true),
                   set_config('transaction_read_only', 'on', true);
            """;

    private static final String STILL_IN =
            """
            ;
            select current_setting('headwaiter.restaurant_id', true) = cast(:restaurant as text)
            """;

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations statements;
    private final TransactionTemplate reading;
    private final TransactionTemplate writing;

    OneRestaurant(JdbcClient jdbc, NamedParameterJdbcOperations statements, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.statements = statements;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
        this.writing = new TransactionTemplate(transactions);
    }

    public <T extends @Nullable Object> T read(long restaurantId, Function<JdbcClient, T> work) {
        return within(reading, restaurantId, work);
    }

    public <T extends @Nullable Object> T write(long restaurantId, Function<JdbcClient, T> work) {
        return within(writing, restaurantId, work);
    }

    /**
     * The answer to one query, in one round trip, where {@link #read} takes three. What is sent is three statements: one that
     * sets the restaurant, the query, and one that looks whether the restaurant is still set. The driver sends them together
     * and lets the server end the transaction after the last, since none was begun by name: they are one transaction, and
     * whatever becomes of it, the setting goes with it.
     *
     * <p>Without the last statement it would not show if something on the way, a driver or a pooler, ended the transaction
     * between the first two. The query would then see no rows, and a house without bookings looks like one that is free.
     *
     * @param query one that only reads, without a semicolon. It knows the restaurant as {@code :restaurant}
     * @param parameters the others by name, of types that the driver knows by themselves. If it had to ask the server for
     *     one, it would end the transaction to do so
     * @throws IllegalStateException within a transaction, whose later statements would find the restaurant set; and when the
     *     three statements were not one transaction
     */
    public <T> T ask(long restaurantId, String query, Map<String, ?> parameters, ResultSetExtractor<T> answer) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.put("restaurant", restaurantId);
        T given = statements.execute(LET_IN + query + STILL_IN, all, statement -> {
            if (!statement.getConnection().getAutoCommit()) {
                throw new IllegalStateException("a restaurant is asked about within a transaction");
            }
            try {
                return answerTo(statement, answer);
            } catch (SQLException failure) {
                if (statement.getConnection().isClosed()) {
                    throw new DataAccessResourceFailureException("the server hung up", failure);
                }
                throw failure;
            }
        });
        if (given == null) {
            throw new IllegalStateException("a query was answered by nothing");
        }
        return given;
    }

    private static <T> T answerTo(PreparedStatement statement, ResultSetExtractor<T> answer) throws SQLException {
        statement.execute();
        statement.getMoreResults();
        T given;
        try (ResultSet rows = statement.getResultSet()) {
            given = answer.extractData(rows);
        }
        statement.getMoreResults();
        try (ResultSet check = statement.getResultSet()) {
            if (check == null || !check.next() || !check.getBoolean(1)) {
                throw new IllegalStateException("the restaurant was not set any more when the query had been answered");
            }
        }
        return given;
    }

    private <T extends @Nullable Object> T within(
            TransactionTemplate transaction, long restaurantId, Function<JdbcClient, T> work) {
        return transaction.execute(status -> {
            jdbc.sql("select set_config('headwaiter.restaurant_id', :id, true)")
                    .param("id", Long.toString(restaurantId))
                    .query(String.class)
                    .single();
            return work.apply(jdbc);
        });
    }
}
