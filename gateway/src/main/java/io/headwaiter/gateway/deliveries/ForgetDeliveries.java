package io.headwaiter.gateway.deliveries;

import io.headwaiter.schemas.Topics;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Deletes deliveries when they are old, whatever became of them. Not before their events are gone from the topic, and by a wide
 * margin: without its row an event that comes again would be delivered again.
 */
@Component
class ForgetDeliveries {

    static final Duration KEPT = Topics.EVENTS_KEPT.multipliedBy(2);

    /** In one transaction, which may not take long. */
    private static final int PAGE = 1_000;

    private final JdbcClient jdbc;

    ForgetDeliveries(DeliveriesDatabase database) {
        this.jdbc = database.jdbc();
    }

    void forget() {
        int page;
        do {
            page = jdbc.sql(
                            """
                            delete from webhook_deliveries where id in (
                              select id from webhook_deliveries
                              where created_at < now() - :kept * interval '1 second' order by created_at limit :page)
                            """)
                    .param("kept", KEPT.toSeconds())
                    .param("page", PAGE)
                    .update();
        } while (page == PAGE);
    }
}
