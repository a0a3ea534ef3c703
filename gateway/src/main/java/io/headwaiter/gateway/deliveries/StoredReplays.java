package io.headwaiter.gateway.deliveries;

import io.headwaiter.gateway.tenancy.OneRestaurant;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Replays in the database, how far each is, and what there is to tell. */
@Component
class StoredReplays {

    /** Decisions that are looked at by one query. */
    private static final int PAGE = 500;

    /** Deliveries that may wait for an endpoint before a replay adds more: what happens meanwhile waits behind them. */
    private static final int MOST_WAITING = 500;

    private static final String REACHED =
            """
            select min(id) from (
              select restaurant_id as id from webhook_endpoint_restaurants where endpoint_id = :endpoint
              union all
              select restaurant_id from plan_versions()
              where not exists (select from webhook_endpoint_restaurants where endpoint_id = :endpoint)
            ) wanted
            where id >= :restaurant
              and exists (select from api_keys k
                          where k.partner_id = (select partner_id from webhook_endpoints where id = :endpoint)
                            and (k.expires_at is null or k.expires_at > now())
                            and (k.scopes @> '{platform}'
                                 or exists (select from api_key_restaurants g where g.api_key_id = k.id and g.restaurant_id = wanted.id)))
            """;

    /** A page of all there are, so that no look takes long because there is nothing to find: decisions are not sorted by time. */
    private static final String DECISIONS =
            """
            select id,
                   case when wanted then event_headers end as event_headers,
                   case when wanted then event_data end as event_data
            from (select id, event_headers, event_data, decided_at >= :since and decided_at < :until as wanted
                  from all_booking_requests
                  where restaurant_id = :restaurant and id > :after
                  order by id, decided_at desc limit :page) decisions
            order by id
            """;

    /**
     * What was sent before is sent again, under the same id and as it was then. Two decisions have one event id when their request
     * came again after the first was moved to the past: the later one is told.
     */
    private static final String ADD =
            """
            insert into webhook_deliveries (endpoint_id, event_id, restaurant_id, event_type, event_time, body)
            select p.id, event.id, :restaurant, event.type, event.time, event.body
            from (select distinct on (id) *
                  from unnest(:ids, :types, cast(:times as timestamptz[]), :partners, cast(:bodies as bytea[]))
                         as e(id, type, time, partner_id, body)
                  order by id, time desc) event
            join webhook_endpoints p on p.id = :endpoint
            where p.disabled_at is null
              and (p.every_booking or p.partner_id = event.partner_id)
              and (p.event_types = '{}' or event.type = any (p.event_types))
            order by event.time
            on conflict on constraint one_delivery_of_an_event
            do update set status = 'pending', attempts = 0, next_attempt_at = now()
            """;

    private final JdbcClient jdbc;
    private final OneRestaurant restaurants;
    private final TransactionTemplate transaction;

    /**
     * @param restaurantId the one that it is at, or the next after it
     * @param after the last decision there that it has looked at
     */
    record Replay(long endpointId, Instant since, Instant until, long restaurantId, UUID after) {}

    /**
     * @param events those of the time that is asked for
     * @param last the last decision on it; null when there are no more
     */
    record Page(long restaurantId, List<Stored> events, @Nullable UUID last) {}

    /** An event as it stands with its decision. */
    record Stored(byte[] headers, byte[] data) {}

    StoredReplays(JdbcClient jdbc, OneRestaurant restaurants, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.restaurants = restaurants;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Those of endpoints that are enabled: the others go on when they are. */
    List<Replay> all() {
        return jdbc.sql(
                        """
                        select r.* from webhook_replays r join webhook_endpoints e on e.id = r.endpoint_id
                        where e.disabled_at is null order by r.endpoint_id
                        """)
                .query((row, number) -> new Replay(
                        row.getLong("endpoint_id"),
                        row.getObject("since", OffsetDateTime.class).toInstant(),
                        row.getObject("until", OffsetDateTime.class).toInstant(),
                        row.getLong("restaurant_id"),
                        row.getObject("request_id", UUID.class)))
                .list();
    }

    /** Whether so much is due for the endpoint already that more has to wait. */
    boolean isBusy(Replay replay) {
        return jdbc.sql(
                                """
                                select count(*) from (
                                  select from webhook_deliveries
                                  where endpoint_id = :endpoint and status = 'pending' and next_attempt_at <= now() limit :most) due
                                """)
                        .param("endpoint", replay.endpointId())
                        .param("most", MOST_WAITING)
                        .query(Long.class)
                        .single()
                >= MOST_WAITING;
    }

    /** The restaurant to go on with, as far as its partner's keys reach now; empty when all were looked at. */
    OptionalLong restaurantFrom(Replay replay) {
        Long restaurant = jdbc.sql(REACHED)
                .param("endpoint", replay.endpointId())
                .param("restaurant", replay.restaurantId())
                .query((row, number) -> row.getObject(1, Long.class))
                .list()
                .getFirst();
        return restaurant == null ? OptionalLong.empty() : OptionalLong.of(restaurant);
    }

    Page page(Replay replay, long restaurantId) {
        List<Stored> events = new ArrayList<>();
        List<UUID> ids = restaurants.read(restaurantId, within -> within.sql(DECISIONS)
                .param("restaurant", restaurantId)
                .param("since", replay.since().atOffset(ZoneOffset.UTC))
                .param("until", replay.until().atOffset(ZoneOffset.UTC))
                // Of another restaurant nothing was looked at yet.
                .param("after", restaurantId == replay.restaurantId() ? replay.after() : new UUID(0, 0))
                .param("page", PAGE)
                .query((row, number) -> {
                    byte[] headers = row.getBytes("event_headers");
                    if (headers != null) {
                        events.add(new Stored(headers, row.getBytes("event_data")));
                    }
                    return row.getObject("id", UUID.class);
                })
                .list());
        return new Page(restaurantId, events, ids.size() < PAGE ? null : ids.getLast());
    }

    /** Makes deliveries of those that the endpoint wants, and notes how far that is. */
    void add(Replay replay, List<Delivery> events, Page page) {
        transaction.executeWithoutResult(status -> {
            boolean more = page.last() != null;
            boolean going = jdbc.sql(
                                    """
                                    update webhook_replays set restaurant_id = :restaurant, request_id = :after
                                    where endpoint_id = :endpoint
                                    """)
                            .param("restaurant", more ? page.restaurantId() : page.restaurantId() + 1)
                            .param("after", more ? page.last() : new UUID(0, 0))
                            .param("endpoint", replay.endpointId())
                            .update()
                    > 0;
            if (going && !events.isEmpty()) {
                insert(replay, events, page.restaurantId());
            }
        });
    }

    private void insert(Replay replay, List<Delivery> events, long restaurantId) {
        jdbc.sql(ADD)
                .param("endpoint", replay.endpointId())
                .param("restaurant", restaurantId)
                .param("ids", events.stream().map(Delivery::eventId).toArray(String[]::new))
                .param("types", events.stream().map(Delivery::type).toArray(String[]::new))
                .param(
                        "times",
                        events.stream().map(event -> event.time().toString()).toArray(String[]::new))
                .param("partners", events.stream().map(Delivery::partnerId).toArray(Long[]::new))
                .param("bodies", events.stream().map(Delivery::body).toArray(byte[][]::new))
                .update();
    }

    void end(Replay replay) {
        jdbc.sql("delete from webhook_replays where endpoint_id = :endpoint")
                .param("endpoint", replay.endpointId())
                .update();
    }
}
