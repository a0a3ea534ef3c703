package io.headwaiter.gateway.deliveries;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Deletes what was sent to endpoints that their partners have deleted, and then them. There may be millions of deliveries: they go page
 * by page, so that no transaction takes long, and no caller waits for it.
 */
@Component
class DeleteEndpoints {

    /** In one transaction. */
    private static final int PAGE = 1_000;

    /** From where the last page ended: to look for the first each time would be to pass over all that were deleted before. */
    private static final String DELETE =
            """
            with page as (
              select id from webhook_deliveries where endpoint_id = :endpoint and id > :after order by id limit :page
            ), gone as (
              delete from webhook_deliveries where id in (select id from page)
            )
            select coalesce(max(id), 0) from page
            """;

    private final JdbcClient jdbc;

    DeleteEndpoints(DeliveriesDatabase database) {
        this.jdbc = database.jdbc();
    }

    void delete(BooleanSupplier stopping) {
        for (long endpoint : deleted()) {
            deleteDeliveries(endpoint, stopping);
            if (stopping.getAsBoolean()) {
                return;
            }
            // And what was made meanwhile by those who had looked before.
            jdbc.sql("delete from webhook_endpoints where id = :endpoint")
                    .param("endpoint", endpoint)
                    .update();
        }
    }

    private List<Long> deleted() {
        return jdbc.sql("select id from webhook_endpoints where deleted_at is not null order by id")
                .query((row, number) -> row.getLong(1))
                .list();
    }

    private void deleteDeliveries(long endpoint, BooleanSupplier stopping) {
        long after = 0;
        do {
            after = jdbc.sql(DELETE)
                    .param("endpoint", endpoint)
                    .param("after", after)
                    .param("page", PAGE)
                    .query(Long.class)
                    .single();
        } while (after > 0 && !stopping.getAsBoolean());
    }
}
