package io.headwaiter.gateway.webhooks;

import io.headwaiter.gateway.input.IfMatch;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Webhook endpoints in the database. They are no restaurant's but a partner's, and each statement names the partner. */
@Component
class StoredHooks {

    /** Of one partner. */
    static final int MOST = 1000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    StoredHooks(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    List<Hook> list(long partnerId, long after, int limit) {
        return jdbc.sql(
                        "select " + Hook.COLUMNS
                                + " from webhook_endpoints e where partner_id = :partner and deleted_at is null and id > :after order by id limit :limit")
                .param("partner", partnerId)
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> Hook.of(row))
                .list();
    }

    long count(long partnerId) {
        return jdbc.sql("select count(*) from webhook_endpoints where partner_id = :partner and deleted_at is null")
                .param("partner", partnerId)
                .query(Long.class)
                .single();
    }

    Optional<Hook> find(long partnerId, long id) {
        return found(partnerId, id, "");
    }

    private Optional<Hook> found(long partnerId, long id, String lock) {
        return jdbc.sql("select " + Hook.COLUMNS
                        + " from webhook_endpoints e where partner_id = :partner and id = :id and deleted_at is null"
                        + lock)
                .param("partner", partnerId)
                .param("id", id)
                .query((row, number) -> Hook.of(row))
                .optional();
    }

    /** @throws RuntimeException 409 when the partner has as many as it can have */
    Hook add(HookReach reach, HookDetails details, byte[] sealedSecret) {
        return transaction.execute(status -> {
            // Two at once must not both be the last that is allowed: the partner's row lets in one after the other.
            jdbc.sql("select id from partners where id = :partner for no key update")
                    .param("partner", reach.partnerId())
                    .query(Long.class)
                    .single();
            // A statement of its own, with a snapshot that is younger than the lock.
            if (count(reach.partnerId()) >= MOST) {
                throw HookProblems.tooMany().asException();
            }
            long id = of(
                            details,
                            """
                            insert into webhook_endpoints
                              (partner_id, url, description, event_types, every_booking, secret, disabled_at, disabled_reason)
                            values (:partner, :url, :description, cast(:event_types as text[]), :every_booking, :secret,
                                    case when not :enabled then now() end, case when not :enabled then 'by_partner' end)
                            returning id
                            """)
                    .param("partner", reach.partnerId())
                    .param("every_booking", reach.everyBooking())
                    .param("secret", sealedSecret)
                    .query(Long.class)
                    .single();
            setRestaurants(reach.partnerId(), id, details);
            return find(reach.partnerId(), id).orElseThrow();
        });
    }

    /**
     * The endpoint as it is afterwards. Details that are the same already are no change, and no new version.
     *
     * @param change what is to become of the details of this endpoint
     * @throws RuntimeException 403, 404 or 412
     */
    Hook change(HookReach reach, long id, IfMatch ifMatch, Function<Hook, HookDetails> change) {
        return transaction.execute(status -> {
            Hook before = lock(reach, id);
            ifMatch.check(before.version());
            HookDetails after = change.apply(before);
            return after.equals(before.details()) ? before : update(reach.partnerId(), before, after);
        });
    }

    private Hook update(long partnerId, Hook before, HookDetails after) {
        of(
                        after,
                        """
                        update webhook_endpoints
                        set url = :url, description = :description, event_types = cast(:event_types as text[]),
                            disabled_at = case when not :enabled then coalesce(disabled_at, now()) end,
                            disabled_reason = case when not :enabled then coalesce(disabled_reason, 'by_partner') end,
                            failing_since = case when not :anew then failing_since end,
                            paused_until = case when not :anew then paused_until end,
                            failures_in_row = case when :anew then 0 else failures_in_row end,
                            version = version + 1
                        where partner_id = :partner and id = :id
                        """)
                .param("partner", partnerId)
                .param("id", before.id())
                // What failed before says nothing about it.
                .param("anew", !after.url().equals(before.url()) || (after.enabled() && !before.enabled()))
                .update();
        setRestaurants(partnerId, before.id(), after);
        return find(partnerId, before.id()).orElseThrow();
    }

    /**
     * Has another secret sign from now on, and the one before it for a day more. If that one had a predecessor, it signs no more.
     *
     * @throws RuntimeException 403 or 404
     */
    Hook rotate(HookReach reach, long id, byte[] sealedSecret) {
        return transaction.execute(status -> {
            lock(reach, id);
            jdbc.sql(
                            """
                            update webhook_endpoints
                            set previous_secret = secret, previous_secret_until = now() + interval '24 hours',
                                secret = :secret, version = version + 1
                            where partner_id = :partner and id = :id
                            """)
                    .param("partner", reach.partnerId())
                    .param("id", id)
                    .param("secret", sealedSecret)
                    .update();
            return find(reach.partnerId(), id).orElseThrow();
        });
    }

    /**
     * From now on it is there for nobody, and nothing is sent there. Its deliveries, of which there may be millions, are deleted in the
     * background, and then its row.
     *
     * @throws RuntimeException 403, 404 or 412
     */
    void delete(HookReach reach, long id, IfMatch ifMatch) {
        transaction.executeWithoutResult(status -> {
            ifMatch.check(lock(reach, id).version());
            jdbc.sql(
                            """
                            update webhook_endpoints
                            set deleted_at = now(), disabled_at = coalesce(disabled_at, now()),
                                disabled_reason = coalesce(disabled_reason, 'by_partner')
                            where partner_id = :partner and id = :id
                            """)
                    .param("partner", reach.partnerId())
                    .param("id", id)
                    .update();
        });
    }

    /** The endpoint, which nobody else changes until this transaction ends. @throws RuntimeException 403 or 404 */
    Hook lock(HookReach reach, long id) {
        return reach.admit(found(reach.partnerId(), id, " for no key update"));
    }

    private StatementSpec of(HookDetails details, String sql) {
        return jdbc.sql(sql)
                .param("url", details.url())
                .param("description", details.description())
                .param("event_types", details.eventTypes().toArray(String[]::new))
                .param("enabled", details.enabled());
    }

    private void setRestaurants(long partnerId, long id, HookDetails details) {
        Long[] restaurants = details.restaurants().toArray(Long[]::new);
        jdbc.sql(
                        """
                        delete from webhook_endpoint_restaurants r using webhook_endpoints e
                        where e.id = r.endpoint_id and e.partner_id = :partner and e.id = :id
                          and r.restaurant_id <> all (cast(:restaurants as bigint[]))
                        """)
                .param("partner", partnerId)
                .param("id", id)
                .param("restaurants", restaurants)
                .update();
        jdbc.sql(
                        """
                        insert into webhook_endpoint_restaurants (endpoint_id, restaurant_id)
                        select e.id, restaurant from webhook_endpoints e, unnest(cast(:restaurants as bigint[])) as restaurant
                        where e.partner_id = :partner and e.id = :id
                        on conflict do nothing
                        """)
                .param("partner", partnerId)
                .param("id", id)
                .param("restaurants", restaurants)
                .update();
    }
}
