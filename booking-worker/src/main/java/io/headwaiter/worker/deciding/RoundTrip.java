package io.headwaiter.worker.deciding;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ArgumentPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;

/**
 * Statements that are sent together and answered together: one round trip to the database, however many they are. Each sees
 * what those before it did, and what others had committed by its own turn. When one fails, those after it do not run.
 *
 * <p>The driver keeps them together as long as it knows the types of all parameters, as it does of arrays and texts: otherwise it has
 * each described first, and then sends what returns columns of any length by itself. Nobody reads before all is sent, so what
 * is answered with the most comes last: all before it must fit in the buffers of the connection.
 */
final class RoundTrip {

    /** There are about as many as there are statements in this package. */
    private static final Map<String, Parsed> PARSED = new ConcurrentHashMap<>();

    private final JdbcTemplate jdbc;
    private final List<Statement> statements = new ArrayList<>();

    private record Parsed(ParsedSql names, String sql) {

        static Parsed of(String sql) {
            ParsedSql names = NamedParameterUtils.parseSqlStatement(sql);
            return new Parsed(names, NamedParameterUtils.substituteNamedParameters(names, null));
        }
    }

    /** What is done with what the database returned for a statement; its result is the current one. */
    private interface Reader {

        void read(PreparedStatement answered) throws SQLException;
    }

    /** One that takes part. */
    static final class Statement {

        private final Parsed parsed;
        private final MapSqlParameterSource values = new MapSqlParameterSource();
        private Reader reader = answered -> {};

        private Statement(Parsed parsed) {
            this.parsed = parsed;
        }

        Statement param(String name, Object value) {
            values.addValue(name, value);
            return this;
        }

        /** For a statement that returns rows: what to do with each. */
        void rows(RowCallbackHandler row) {
            reader = answered -> {
                try (ResultSet rows = answered.getResultSet()) {
                    while (rows.next()) {
                        row.processRow(rows);
                    }
                }
            };
        }

        private @Nullable Object[] arguments() {
            return NamedParameterUtils.buildValueArray(parsed.names(), values, null);
        }
    }

    RoundTrip(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds one; its parameters are named as in Spring's {@code JdbcClient}. */
    Statement sql(String sql) {
        Statement statement = new Statement(PARSED.computeIfAbsent(sql, Parsed::of));
        statements.add(statement);
        return statement;
    }

    /**
     * Has the transaction end with this trip. When another statement of it fails, nothing is committed; what Spring commits after it
     * is nothing any more.
     */
    void commit() {
        sql("commit");
    }

    /** Sends them, and has their results read in their order. */
    void make() {
        if (statements.isEmpty()) {
            return;
        }
        String sql =
                statements.stream().map(statement -> statement.parsed.sql()).collect(Collectors.joining(";\n"));
        @Nullable
        Object[] arguments = statements.stream()
                .map(Statement::arguments)
                .flatMap(Stream::of)
                .toArray();
        jdbc.execute(sql, (PreparedStatement prepared) -> read(prepared, arguments));
    }

    private @Nullable Object read(PreparedStatement prepared, @Nullable Object[] arguments) throws SQLException {
        new ArgumentPreparedStatementSetter(arguments).setValues(prepared);
        prepared.execute();
        for (Statement statement : statements) {
            statement.reader.read(prepared);
            prepared.getMoreResults();
        }
        return null;
    }
}
