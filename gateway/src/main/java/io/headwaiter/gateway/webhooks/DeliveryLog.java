package io.headwaiter.gateway.webhooks;

import io.headwaiter.gateway.input.Paging;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The deliveries of endpoints in the database. What is to be sent, or sent again, is a row that is due: whoever sends finds it
 * there, so all ways lead through the same attempts.
 */
@Component
class DeliveryLog {

    private static final String OF_THE_ENDPOINT =
            """
             from webhook_deliveries d join webhook_endpoints e on e.id = d.endpoint_id
            where e.partner_id = :partner and e.id = :endpoint
            """;

    private final JdbcClient jdbc;
    private final StoredHooks hooks;
    private final TransactionTemplate transaction;

    DeliveryLog(JdbcClient jdbc, StoredHooks hooks, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.hooks = hooks;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * @param deliveries one more than fits the page, when there is one
     * @param total of those that were looked for, not of the page
     */
    record Page(List<Delivery> deliveries, long total) {}

    /** @param body as it is sent, to the byte */
    record Sent(Delivery delivery, String body) {}

    /**
     * The latest first.
     *
     * @param status null: any
     * @throws RuntimeException 403 or 404
     */
    Page list(HookReach reach, long endpointId, @Nullable String status, Paging paging) {
        reach.admit(hooks.find(reach.partnerId(), endpointId));
        String searched = OF_THE_ENDPOINT + " and (:status::text is null or d.status = :status)";
        List<Delivery> deliveries = of(
                        reach,
                        endpointId,
                        "select " + Delivery.COLUMNS + searched
                                + " and (:after = 0 or d.id < :after) order by d.id desc limit :limit")
                .param("status", status)
                .param("after", paging.after())
                .param("limit", paging.limit() + 1)
                .query((row, number) -> Delivery.of(row))
                .list();
        long total = of(reach, endpointId, "select count(*)" + searched)
                .param("status", status)
                .query(Long.class)
                .single();
        return new Page(deliveries, total);
    }

    /** @throws RuntimeException 403 or 404 */
    Sent find(HookReach reach, long endpointId, long id) {
        reach.admit(hooks.find(reach.partnerId(), endpointId));
        return of(reach, endpointId, "select d.body, " + Delivery.COLUMNS + OF_THE_ENDPOINT + " and d.id = :id")
                .param("id", id)
                .query((row, number) ->
                        new Sent(Delivery.of(row), new String(row.getBytes("body"), StandardCharsets.UTF_8)))
                .optional()
                .orElseThrow(() -> HookProblems.deliveryNotFound().asException());
    }

    /** @throws RuntimeException 403, 404, or 409 when the endpoint is disabled */
    Delivery test(HookReach reach, long endpointId) {
        return transaction.execute(status -> {
            makeReady(reach, endpointId);
            Instant now = jdbc.sql("select now()")
                    .query(OffsetDateTime.class)
                    .single()
                    .toInstant();
            return jdbc.sql(
                            """
                            insert into webhook_deliveries as d (endpoint_id, event_id, event_type, event_time, body)
                            select e.id, :event, :type, :time, :body from webhook_endpoints e
                            where e.partner_id = :partner and e.id = :endpoint
                            returning\s"""
                                    + Delivery.COLUMNS)
                    .param("partner", reach.partnerId())
                    .param("endpoint", endpointId)
                    .param("event", TestEvent.randomId())
                    .param("type", EventTypes.TEST)
                    .param("time", now.atOffset(ZoneOffset.UTC))
                    .param("body", TestEvent.to(endpointId, now).body())
                    .query((row, number) -> Delivery.of(row))
                    .single();
        });
    }

    /**
     * Sends what was sent before once more, under the same id, and as often as a new one if need be. One that is under way is due at once.
     *
     * @throws RuntimeException 403, 404, or 409 when the endpoint is disabled
     */
    Delivery redeliver(HookReach reach, long endpointId, long id) {
        return transaction.execute(status -> {
            makeReady(reach, endpointId);
            return jdbc.sql(
                            """
                            update webhook_deliveries d set status = 'pending', attempts = 0, next_attempt_at = now()
                            from webhook_endpoints e
                            where e.id = d.endpoint_id and e.partner_id = :partner and e.id = :endpoint and d.id = :id
                            returning\s"""
                                    + Delivery.COLUMNS)
                    .param("partner", reach.partnerId())
                    .param("endpoint", endpointId)
                    .param("id", id)
                    .query((row, number) -> Delivery.of(row))
                    .optional()
                    .orElseThrow(() -> HookProblems.deliveryNotFound().asException());
        });
    }

    /**
     * Has it told again what happened since then, in the background.
     *
     * @return the endpoint as it is then
     * @throws RuntimeException 403, 404, 422 when that is still to come, or 409 when the endpoint is disabled, or told again already
     */
    Hook replay(HookReach reach, long endpointId, Instant since) {
        return transaction.execute(status -> {
            makeReady(reach, endpointId);
            int begun = of(
                            reach,
                            endpointId,
                            """
                            insert into webhook_replays (endpoint_id, since)
                            select id, :since from webhook_endpoints where partner_id = :partner and id = :endpoint
                            on conflict do nothing
                            """)
                    .param("since", since.atOffset(ZoneOffset.UTC))
                    .update();
            if (begun == 0) {
                throw HookProblems.replayUnderWay().asException();
            }
            return hooks.find(reach.partnerId(), endpointId).orElseThrow();
        });
    }

    /** What its partner asks for is not held up by a pause after failures: whoever asks has just repaired it, perhaps. */
    private void makeReady(HookReach reach, long endpointId) {
        if (!hooks.lock(reach, endpointId).enabled()) {
            throw HookProblems.disabled().asException();
        }
        of(
                        reach,
                        endpointId,
                        """
                        update webhook_endpoints set paused_until = null
                        where partner_id = :partner and id = :endpoint and paused_until is not null
                        """)
                .update();
    }

    private StatementSpec of(HookReach reach, long endpointId, String sql) {
        return jdbc.sql(sql).param("partner", reach.partnerId()).param("endpoint", endpointId);
    }
}
