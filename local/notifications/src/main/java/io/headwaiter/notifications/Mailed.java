package io.headwaiter.notifications;

import io.headwaiter.notifications.Mail.Recipient;
import io.headwaiter.schemas.ReservationEvent;
import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What was mailed: for each reservation and recipient the highest version. Events come again after a crash or a rebalance, also
 * under other offsets, and one that was overtaken by a later version is old news.
 *
 * <p>The note is committed when the mail server has taken the mail. A crash between the two is the one way to mail twice, and
 * cannot be closed: SMTP has no transactions. The copy has the same Message-ID.
 */
@Component
class Mailed {

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Instant since;

    Mailed(JdbcClient database, TransactionTemplate transaction) {
        this.database = database;
        this.transaction = transaction;
        this.since = database.sql("select min(since) from beginning")
                .query(Timestamp.class)
                .single()
                .toInstant();
    }

    /** What was decided earlier nobody is mailed about: the topic has a month of it when this program is first started. */
    Instant since() {
        return since;
    }

    /** Sends, unless this version or a later one was sent. What {@code send} throws leaves nothing behind. */
    void once(ReservationEvent event, Recipient recipient, Runnable send) {
        transaction.executeWithoutResult(status -> {
            if (isNew(event, recipient)) {
                send.run();
            }
        });
    }

    private boolean isNew(ReservationEvent event, Recipient recipient) {
        return run(
                        """
                update mailed set version = :version, mailed_at = current_timestamp
                 where restaurant_id = :restaurant and reservation_id = :reservation and recipient = :recipient
                   and version < :version
                """,
                        event,
                        recipient)
                || run(
                        """
                insert into mailed (restaurant_id, reservation_id, recipient, version)
                select :restaurant, :reservation, :recipient, :version
                 where not exists (select 1 from mailed
                        where restaurant_id = :restaurant and reservation_id = :reservation and recipient = :recipient)
                """,
                        event,
                        recipient);
    }

    private boolean run(String sql, ReservationEvent event, Recipient recipient) {
        return database.sql(sql)
                        .param("restaurant", event.restaurantId())
                        .param("reservation", event.reservation().id())
                        .param("version", event.reservation().version())
                        .param("recipient", recipient.name())
                        .update()
                == 1;
    }

    /** Events are kept for 30 days: nothing older can come again. */
    @Scheduled(fixedDelayString = "P1D")
    void forget() {
        database.sql("delete from mailed where mailed_at < current_timestamp - interval '90' day")
                .update();
    }
}
