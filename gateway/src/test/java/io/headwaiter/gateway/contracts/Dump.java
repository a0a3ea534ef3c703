package io.headwaiter.gateway.contracts;

import io.headwaiter.gateway.testing.Known;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All rows of all tables, as the database's superuser sees them, to be held against those of a moment later. */
record Dump(Map<String, List<String>> rows) {

    /** Of this restaurant, and of nobody's. */
    static Dump of(Known restaurant, JdbcClient jdbc) {
        return of(
                jdbc,
                """
                select c.table_name, min(case when c.column_name in ('restaurant_id', 'id') then c.column_name end) filter
                         (where c.column_name = 'restaurant_id' or c.table_name = 'restaurants' and c.column_name = 'id') as owner
                from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
                where c.table_schema = 'public' and t.table_type = 'BASE TABLE' group by c.table_name
                """,
                restaurant.id());
    }

    private static Dump of(JdbcClient jdbc, String tables, long restaurantId) {
        Map<String, List<String>> rows = new TreeMap<>();
        jdbc.sql(tables).query(row -> {
            String owner = row.getString("owner");
            String table = row.getString("table_name");
            String of = owner == null || table.equals("api_key_restaurants")
                    ? ""
                    : " where " + owner + " = " + restaurantId;
            rows.put(
                    table,
                    jdbc.sql("select t::text from " + table + " t" + of + " order by 1")
                            .query(String.class)
                            .list());
        });
        return new Dump(rows);
    }

    Dump without(String table) {
        Map<String, List<String>> others = new TreeMap<>(rows);
        others.remove(table);
        return new Dump(others);
    }

    /** What stands in one of the two only. */
    List<String> differences(Dump other) {
        List<String> differences = new ArrayList<>();
        rows.forEach((table, before) -> {
            List<String> after = other.rows.getOrDefault(table, List.of());
            before.stream().filter(row -> !after.contains(row)).forEach(row -> differences.add("- " + table + row));
            after.stream().filter(row -> !before.contains(row)).forEach(row -> differences.add("+ " + table + row));
        });
        return differences;
    }
}
