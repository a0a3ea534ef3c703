package io.headwaiter.gateway.setup;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.headwaiter.schemas.MessageJson;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A restaurant's tables in the database, but for those that were removed, within a transaction that names the restaurant. */
record StoredTables(JdbcClient jdbc, long restaurantId) {

    private static final String COLUMNS = "id, name, area, smallest_party, capacity, priority, active";

    /** A table as callers see it. */
    record Table(long id, @JsonUnwrapped TableDetails details) {}

    List<Table> all() {
        return jdbc.sql("select " + COLUMNS
                        + " from dining_tables where restaurant_id = :restaurant and removed_at is null order by id")
                .param("restaurant", restaurantId)
                .query((row, number) -> table(row))
                .list();
    }

    Optional<Table> find(long id) {
        return jdbc.sql("select " + COLUMNS
                        + " from dining_tables where restaurant_id = :restaurant and id = :id and removed_at is null")
                .param("restaurant", restaurantId)
                .param("id", id)
                .query((row, number) -> table(row))
                .optional();
    }

    /** In this order, so that their ids are in it. */
    List<Long> add(List<TableDetails> tables) {
        return jdbc.sql(
                        """
                        insert into dining_tables (restaurant_id, name, area, smallest_party, capacity, priority, active)
                        select :restaurant, t.name, t.area, t.smallest_party, t.capacity, t.priority, t.active
                        from jsonb_array_elements(cast(:rows as jsonb)) with ordinality as r(value, place),
                             jsonb_to_record(r.value) as t(name text, area text, smallest_party smallint, capacity smallint,
                                                           priority integer, active boolean)
                        order by r.place
                        returning id
                        """)
                .param("restaurant", restaurantId)
                .param("rows", new String(MessageJson.write(tables), StandardCharsets.UTF_8))
                .query((row, number) -> row.getLong(1))
                .list();
    }

    void change(long id, TableDetails details) {
        jdbc.sql(
                        """
                        update dining_tables
                        set name = :name, area = :area, smallest_party = :smallest_party, capacity = :capacity,
                            priority = :priority, active = :active
                        where restaurant_id = :restaurant and id = :id
                        """)
                .param("restaurant", restaurantId)
                .param("id", id)
                .param("name", details.name())
                .param("area", details.area())
                .param("smallest_party", details.smallestParty())
                .param("capacity", details.capacity())
                .param("priority", details.priority())
                .param("active", details.active())
                .update();
    }

    void remove(long id) {
        jdbc.sql(
                        """
                        update dining_tables set removed_at = now(), active = false
                        where restaurant_id = :restaurant and id = :id
                        """)
                .param("restaurant", restaurantId)
                .param("id", id)
                .update();
    }

    long count() {
        return jdbc.sql("select count(*) from dining_tables where restaurant_id = :restaurant and removed_at is null")
                .param("restaurant", restaurantId)
                .query(Long.class)
                .single();
    }

    /** The ids of those whose party is still to come to this table, or sits at it. */
    List<Long> comingReservations(long id) {
        return jdbc.sql(
                        """
                        select r.id from reservations r
                        where r.restaurant_id = :restaurant and r.table_id = :id
                          and r.status in ('confirmed', 'seated') and r.ends_at > now()
                          -- No stay was ever longer, so an index on starts can find those that have not ended.
                          and r.starts_at > now() - (
                            select make_interval(mins => longest_occupancy_minutes) from restaurants where id = :restaurant)
                        order by r.starts_at, r.id
                        """)
                .param("restaurant", restaurantId)
                .param("id", id)
                .query((row, number) -> row.getLong(1))
                .list();
    }

    private static Table table(ResultSet row) throws SQLException {
        return new Table(
                row.getLong("id"),
                new TableDetails(
                        row.getString("name"),
                        row.getString("area"),
                        row.getLong("smallest_party"),
                        row.getLong("capacity"),
                        row.getLong("priority"),
                        row.getBoolean("active")));
    }
}
