package io.headwaiter.worker.deciding;

import io.headwaiter.rules.Occupancy;
import io.headwaiter.schemas.BlockFacts;
import io.headwaiter.schemas.BlockTable;
import io.headwaiter.schemas.UnblockTable;
import java.sql.Timestamp;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the house keeps for itself. Blocks are few, so each is seen to by itself. */
@Component
class Blocks {

    private final JdbcClient jdbc;
    private final JdbcTemplate each;

    Blocks(JdbcClient jdbc, JdbcTemplate each) {
        this.jdbc = jdbc;
        this.each = each;
    }

    /** Gives each that is to be made an id, and finds and locks each that is to be ended. */
    void lock(List<Blocking> requests) {
        for (Blocking request : requests) {
            switch (request.asked) {
                case BlockTable wanted -> {
                    // Of those left for a later turn, some have one already.
                    if (request.block == null) {
                        request.block = numbered(wanted);
                    }
                }
                case UnblockTable unblock -> find(request, unblock);
                default -> throw new IllegalStateException("no block: " + request.asked.type());
            }
        }
    }

    private BlockFacts numbered(BlockTable wanted) {
        long id =
                jdbc.sql("select nextval('reservation_ids')").query(Long.class).single();
        return new BlockFacts(id, wanted.tableId(), wanted.starts(), wanted.ends());
    }

    private void find(Blocking request, UnblockTable unblock) {
        request.block = null;
        jdbc.sql(
                        """
                        select id, table_id, starts_at, ends_at from table_blocks
                        where restaurant_id = :restaurant and id = :id for update
                        """)
                .param("restaurant", unblock.restaurantId())
                .param("id", unblock.blockId())
                .query(row -> {
                    request.block = new BlockFacts(
                            row.getLong(1),
                            row.getLong(2),
                            row.getTimestamp(3).toInstant(),
                            row.getTimestamp(4).toInstant());
                });
        BlockFacts block = request.block;
        request.pieces.clear();
        if (block == null) {
            return;
        }
        jdbc.sql(
                        """
                        select table_id, starts_at, ends_at, taken_by::text::bigint from table_occupancy
                        where restaurant_id = :restaurant and starts_at >= :from and starts_at < :to
                          and table_id = :table and block_id = :id
                        """)
                .param("restaurant", unblock.restaurantId())
                .param("from", Timestamp.from(block.from()))
                .param("to", Timestamp.from(block.to()))
                .param("table", block.tableId())
                .param("id", block.id())
                .query(row -> {
                    request.pieces.add(new Occupancy(
                            row.getLong(1),
                            row.getTimestamp(2).toInstant(),
                            row.getTimestamp(3).toInstant(),
                            row.getLong(4)));
                });
    }

    void write(List<Blocking> done) {
        for (Blocking request : done) {
            BlockFacts block = request.block();
            if (request.asked instanceof BlockTable wanted) {
                each.update(
                        """
                        insert into table_blocks (restaurant_id, id, table_id, starts_at, ends_at, note, partner_id, request_id)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                        wanted.restaurantId(),
                        block.id(),
                        block.tableId(),
                        Timestamp.from(block.from()),
                        Timestamp.from(block.to()),
                        wanted.note(),
                        wanted.partnerId(),
                        request.submitted.message().id().value());
            } else {
                each.update(
                        "delete from table_blocks where restaurant_id = ? and id = ?",
                        request.restaurantId(),
                        block.id());
            }
        }
    }
}
