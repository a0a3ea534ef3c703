package io.headwaiter.gateway.deliveries;

import io.headwaiter.gateway.deliveries.Answer.Response;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deliveries in the database, each one a row: what is to be sent where, when next, and what came of it. */
@Component
class DueDeliveries {

    /** Whoever has failed so often in a row is tried with one delivery at a time, and after pauses. */
    static final int FAILURES_TO_PAUSE = 5;

    /** Since how long an endpoint has done nothing but fail when it is given up. */
    static final Duration FAILING_TOO_LONG = Duration.ofDays(5);

    /**
     * Who gets which of these events. Asked from the restaurant's side: first the partners whose keys reach it, then their
     * endpoints. An endpoint gets nothing that was decided before it was made.
     */
    private static final String ADD =
            """
            with event as (
              select *
              from unnest(:ids, :types, cast(:times as timestamptz[]), :restaurants, :partners,
                          cast(:bodies as bytea[]))
                   as e(id, type, time, restaurant_id, partner_id, body)
            ), reach as (
              select r.restaurant_id, k.partner_id
              from (select distinct restaurant_id from event) r
              join api_key_restaurants g on g.restaurant_id = r.restaurant_id
              join api_keys k on k.id = g.api_key_id
              where k.expires_at is null or k.expires_at > now()
              union
              select r.restaurant_id, k.partner_id
              from (select distinct restaurant_id from event) r
              join api_keys k on k.scopes @> '{platform}'
              where k.expires_at is null or k.expires_at > now()
            )
            insert into webhook_deliveries (endpoint_id, event_id, restaurant_id, event_type, event_time, body)
            select p.id, event.id, event.restaurant_id, event.type, event.time, event.body
            from event
            join reach on reach.restaurant_id = event.restaurant_id
            join webhook_endpoints p on p.partner_id = reach.partner_id
            where p.disabled_at is null
              and p.created_at <= event.time
              and (p.every_booking or p.partner_id = event.partner_id)
              and (p.event_types = '{}' or event.type = any (p.event_types))
              and (not exists (select from webhook_endpoint_restaurants w where w.endpoint_id = p.id)
                   or exists (select from webhook_endpoint_restaurants w
                              where w.endpoint_id = p.id and w.restaurant_id = event.restaurant_id))
            on conflict do nothing
            returning endpoint_id
            """;

    /**
     * Of an endpoint that fails one delivery at a time, and of one that rests nothing. What is under way is passed over: it is
     * due as long as nobody knows what came of it.
     */
    private static final String DUE =
            """
            select d.id, d.event_id, d.attempts, d.body, e.url, e.secret, now() as now,
                   case when e.previous_secret_until > now() then e.previous_secret end as previous_secret
            from webhook_endpoints e
            cross join lateral (
              select id, event_id, attempts, body
              from webhook_deliveries
              where endpoint_id = e.id and status = 'pending' and next_attempt_at <= now() and id <> all (:under_way)
              order by next_attempt_at, id
              limit case when e.failing_since is not null and e.failures_in_row >= :failures_to_pause
                         then greatest(0, 1 - cardinality(:under_way)) else :most end
            ) d
            where e.id = :endpoint and e.disabled_at is null
              and (e.failing_since is null or e.paused_until is null or e.paused_until <= now())
            """;

    /** Nothing of the endpoint is written as long as all is well. */
    private static final String DELIVERED =
            """
            with well as (
              update webhook_endpoints set failing_since = null, failures_in_row = 0, paused_until = null
              where id = :endpoint and failing_since is not null
            )
            update webhook_deliveries
            set status = 'delivered', attempts = attempts + 1, next_attempt_at = null, last_attempt_at = now(),
                response_status = :status, response_body = :body, failure = null
            where id = :id and status = 'pending' and attempts = :attempts
            """;

    /**
     * The pauses of an endpoint that goes on failing double from 5 seconds to 5 minutes. When it is given up, its partner's
     * other endpoints are told, whatever types they asked for: nobody else would tell the partner.
     */
    private static final String FAILED =
            """
            with endpoint as (
              update webhook_endpoints
              set failing_since = coalesce(failing_since, now()),
                  failures_in_row = case when failing_since is null then 1 else failures_in_row + 1 end,
                  paused_until = greatest(
                    now() + :asked_for * interval '1 second',
                    case when failing_since is not null and failures_in_row + 1 >= :failures_to_pause
                         then now() + least(300, 5 * 2 ^ least(failures_in_row + 1 - :failures_to_pause, 10))
                                      * (0.9 + 0.2 * random()) * interval '1 second' end),
                  disabled_at = case when :gone or failing_since <= now() - :too_long * interval '1 second'
                                     then coalesce(disabled_at, now()) else disabled_at end,
                  disabled_reason = case when disabled_at is not null then disabled_reason
                                         when :gone then 'gone'
                                         when failing_since <= now() - :too_long * interval '1 second' then 'failing' end,
                  version = version + case when disabled_at is null
                                                and (:gone or failing_since <= now() - :too_long * interval '1 second')
                                           then 1 else 0 end
              where id = :endpoint
              returning new.id, new.partner_id, new.url, new.disabled_at, new.disabled_reason,
                        old.disabled_at is null and new.disabled_at is not null as given_up
            ), delivery as (
              update webhook_deliveries
              set status = case when cast(:pause as double precision) is null then 'failed' else 'pending' end,
                  attempts = attempts + 1, last_attempt_at = now(),
                  next_attempt_at = now() + cast(:pause as double precision) * interval '1 second',
                  response_status = :status, response_body = :body, failure = :failure
              where id = :id and status = 'pending' and attempts = :attempts
            ), told as (
              insert into webhook_deliveries (endpoint_id, event_id, event_type, event_time, body)
              select other.id,
                     'disabled_' || endpoint.id || '_' || trunc(extract(epoch from endpoint.disabled_at) * 1000),
                     'webhook.disabled', endpoint.disabled_at,
                     convert_to(json_build_object(
                       'type', 'webhook.disabled',
                       'timestamp', to_char(endpoint.disabled_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                       'data', json_build_object('webhook_endpoint_id', endpoint.id, 'url', endpoint.url,
                                                 'reason', endpoint.disabled_reason))::text, 'UTF8')
              from endpoint
              join webhook_endpoints other
                on other.partner_id = endpoint.partner_id and other.id <> endpoint.id and other.disabled_at is null
              where endpoint.given_up
              on conflict do nothing
            )
            select disabled_reason from endpoint where given_up
            """;

    private final JdbcClient jdbc;

    DueDeliveries(DeliveriesDatabase database) {
        this.jdbc = database.jdbc();
    }

    /** Whether there is any endpoint to which something may have to be delivered. */
    boolean isAnybodyListening() {
        return jdbc.sql("select exists (select from webhook_endpoints where disabled_at is null)")
                .query(Boolean.class)
                .single();
    }

    /** Adds those that are not there yet. @return the endpoints that have something new */
    Collection<Long> add(List<Delivery> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(ADD)
                .param("ids", column(events, String[]::new, Delivery::eventId))
                .param("types", column(events, String[]::new, Delivery::type))
                .param("times", column(events, String[]::new, event -> event.time()
                        .toString()))
                .param("restaurants", column(events, Long[]::new, Delivery::restaurantId))
                .param("partners", column(events, Long[]::new, Delivery::partnerId))
                .param("bodies", column(events, byte[][]::new, Delivery::body))
                .query((row, number) -> row.getLong(1))
                .set();
    }

    private static <T> @Nullable T[] column(
            List<Delivery> events, IntFunction<@Nullable T[]> array, Function<Delivery, @Nullable T> value) {
        @Nullable T[] column = array.apply(events.size());
        for (int i = 0; i < column.length; i++) {
            column[i] = value.apply(events.get(i));
        }
        return column;
    }

    /** What this endpoint is to get now, the longest due first. @param underWay their ids */
    List<Due> due(long endpointId, Collection<Long> underWay, int most) {
        return jdbc.sql(DUE)
                .param("endpoint", endpointId)
                .param("under_way", underWay.toArray(Long[]::new))
                .param("failures_to_pause", FAILURES_TO_PAUSE)
                .param("most", most)
                .query((row, number) -> due(endpointId, row))
                .list();
    }

    private static Due due(long endpointId, ResultSet row) throws SQLException {
        List<byte[]> secrets = new ArrayList<>();
        secrets.add(row.getBytes("secret"));
        byte[] previous = row.getBytes("previous_secret");
        if (previous != null) {
            secrets.add(previous);
        }
        return new Due(
                row.getLong("id"),
                endpointId,
                row.getString("event_id"),
                row.getInt("attempts"),
                URI.create(row.getString("url")),
                List.copyOf(secrets),
                row.getBytes("body"),
                row.getTimestamp("now").toInstant());
    }

    void delivered(Due delivery, Response response) {
        jdbc.sql(DELIVERED)
                .param("id", delivery.id())
                .param("endpoint", delivery.endpointId())
                .param("attempts", delivery.attempts())
                .param("status", response.status())
                .param("body", response.body())
                .update();
    }

    /**
     * @param failure why there was no response; null when there was one
     * @param pause until it is tried again; null when that was the last time
     * @return why the endpoint is given up, if this was what it took; else null
     */
    @Nullable
    String failed(Due delivery, @Nullable Response response, @Nullable String failure, @Nullable Duration pause) {
        Duration askedFor = response == null ? null : response.retryAfter();
        return jdbc.sql(FAILED)
                .param("id", delivery.id())
                .param("endpoint", delivery.endpointId())
                .param("attempts", delivery.attempts())
                .param("gone", response != null && response.isGone())
                .param("asked_for", seconds(askedFor == null ? Duration.ZERO : restOfEndpoint(askedFor)))
                .param("failures_to_pause", FAILURES_TO_PAUSE)
                .param("too_long", FAILING_TOO_LONG.toSeconds())
                .param("pause", pause == null ? null : seconds(pause))
                .param("status", response == null ? null : response.status())
                .param("body", response == null ? null : response.body())
                .param("failure", failure)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /** One answer holds back one delivery for as long as it says, but all the others not for longer than a failure would. */
    private static Duration restOfEndpoint(Duration askedFor) {
        Duration longest = Duration.ofMinutes(5);
        return askedFor.compareTo(longest) > 0 ? longest : askedFor;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
