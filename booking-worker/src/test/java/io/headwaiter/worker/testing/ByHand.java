package io.headwaiter.worker.testing;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What somebody with a database console does. */
public record ByHand(JdbcClient jdbc) {

    /** Takes a table's time for no party, and returns the transaction that did. */
    public long take(long restaurant, long table, Instant from, Instant to) {
        return jdbc.sql(
                        """
                        insert into table_occupancy (restaurant_id, table_id, starts_at, ends_at)
                        values (:restaurant, :table, :from, :to) returning taken_by::text::bigint
                        """)
                .param("restaurant", restaurant)
                .param("table", table)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    public long client(long restaurant, String name, String email, @Nullable String phone) {
        return jdbc.sql(
                        """
                        insert into clients (restaurant_id, name, email, phone)
                        values (:restaurant, :name, :email, :phone) returning id
                        """)
                .param("restaurant", restaurant)
                .param("name", name)
                .param("email", email)
                .param("phone", phone)
                .query(Long.class)
                .single();
    }

    /** A restaurant's guests. */
    public List<@Nullable String> guests(long restaurant) {
        return jdbc.sql("select name from clients where restaurant_id = ?")
                .param(restaurant)
                .query(String.class)
                .list();
    }

    public long count(String table, long restaurant) {
        return jdbc.sql("select count(*) from " + table + " where restaurant_id = ?")
                .param(restaurant)
                .query(Long.class)
                .single();
    }
}
