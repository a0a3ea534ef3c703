package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.input.Paging;
import io.headwaiter.gateway.tenancy.OneRestaurant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Blocks as they are now. */
@Component
class StoredBlocks {

    private final OneRestaurant restaurants;

    /** Time of a table that the house keeps for itself, {@code [from, to)}. */
    record Block(long id, long tableId, Instant from, Instant to, @Nullable String note) {}

    /** @param blocks one more than fits the page, when there is one */
    record Page(List<Block> blocks, long total) {}

    StoredBlocks(OneRestaurant restaurants) {
        this.restaurants = restaurants;
    }

    Optional<Block> find(long restaurantId, long id) {
        return restaurants.read(restaurantId, jdbc -> jdbc.sql(
                        """
                        select id, table_id, starts_at, ends_at, note from table_blocks
                        where restaurant_id = :restaurant and id = :id
                        """)
                .param("restaurant", restaurantId)
                .param("id", id)
                .query(StoredBlocks::block)
                .optional());
    }

    Page list(long restaurantId, @Nullable Long tableId, Paging paging) {
        return restaurants.read(restaurantId, jdbc -> {
            long total = jdbc.sql(
                            """
                            select count(*) from table_blocks
                            where restaurant_id = :restaurant and ends_at > now() and (:table is null or table_id = :table)
                            """)
                    .param("restaurant", restaurantId)
                    .param("table", tableId, Types.BIGINT)
                    .query(Long.class)
                    .single();
            List<Block> blocks = jdbc.sql(
                            """
                            select id, table_id, starts_at, ends_at, note from table_blocks
                            where restaurant_id = :restaurant and ends_at > now() and (:table is null or table_id = :table)
                              and id > :after
                            order by id limit :limit
                            """)
                    .param("restaurant", restaurantId)
                    .param("table", tableId, Types.BIGINT)
                    .param("after", paging.after())
                    .param("limit", paging.limit() + 1)
                    .query(StoredBlocks::block)
                    .list();
            return new Page(blocks, total);
        });
    }

    private static Block block(ResultSet row, int number) throws SQLException {
        return new Block(
                row.getLong("id"),
                row.getLong("table_id"),
                row.getObject("starts_at", OffsetDateTime.class).toInstant(),
                row.getObject("ends_at", OffsetDateTime.class).toInstant(),
                row.getString("note"));
    }
}
