package io.headwaiter.gateway.contracts;

import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * All rows of all tables, as the database's superuser sees them, to be held against those of a moment later: but for what is
 * written in the background, whoever asks for what.
 */
final class Dump {

    private static final Set<String> OF_THE_BACKGROUND =
            Set.of("webhook_deliveries", "webhook_replays", "scheduled_tasks");

    /** Endpoints that were deleted are cleared away in the background. */
    private static final Map<String, String> IS_OF_NOW = Map.of(
            "webhook_endpoints", "deleted_at is null",
            "webhook_endpoint_restaurants",
                    "endpoint_id in (select e.id from webhook_endpoints e where e.deleted_at is null)");

    private final Map<String, List<String>> rows;

    private Dump(Map<String, List<String>> rows) {
        this.rows = rows;
    }

    /** Of these restaurants, and of nobody's. */
    static Dump of(Headwaiter headwaiter, Known... restaurants) {
        JdbcClient jdbc = headwaiter.jdbc();
        Map<String, List<String>> rows = new TreeMap<>();
        // All in one statement, which is one snapshot.
        jdbc.sql(everything(jdbc, restaurants)).query(row -> {
            rows.computeIfAbsent(row.getString(1), table -> new ArrayList<>()).add(row.getString(2));
        });
        return new Dump(rows);
    }

    private static String everything(JdbcClient jdbc, Known... restaurants) {
        String ids = List.of(restaurants).stream()
                .map(restaurant -> Long.toString(restaurant.id()))
                .collect(Collectors.joining(", "));
        return jdbc
                .sql(
                        """
                        select c.relname,
                               (select a.attname from pg_attribute a
                                where a.attrelid = c.oid and a.attname = case c.relname when 'restaurants' then 'id' else 'restaurant_id' end)
                        from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
                        """)
                .query((row, number) -> {
                    String table = row.getString(1);
                    String of = row.getString(2) == null ? "" : " and " + row.getString(2) + " in (" + ids + ")";
                    return OF_THE_BACKGROUND.contains(table)
                            ? ""
                            // Since when nothing reaches an endpoint is of the background, too.
                            : "select '%1$s', (to_jsonb(t) - '{failing_since,failures_in_row,paused_until}'::text[])::text from %1$s t where %2$s%3$s"
                                    .formatted(table, IS_OF_NOW.getOrDefault(table, "true"), of);
                })
                .list()
                .stream()
                .filter(select -> !select.isEmpty())
                .collect(Collectors.joining(" union all "));
    }

    Dump without(String table) {
        Map<String, List<String>> others = new TreeMap<>(rows);
        others.remove(table);
        return new Dump(others);
    }

    /** What stands in one of the two only. */
    List<String> differences(Dump later) {
        List<String> differences = new ArrayList<>();
        missing(rows, later.rows).forEach(row -> differences.add("- " + row));
        missing(later.rows, rows).forEach(row -> differences.add("+ " + row));
        return differences;
    }

    private static List<String> missing(Map<String, List<String>> from, Map<String, List<String>> in) {
        List<String> missing = new ArrayList<>();
        from.forEach((table, all) -> {
            HashSet<String> others = new HashSet<>(in.getOrDefault(table, List.of()));
            all.stream().filter(row -> !others.contains(row)).forEach(row -> missing.add(table + " " + row));
        });
        return missing;
    }
}
