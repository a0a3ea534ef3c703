package io.headwaiter.worker.testing;

import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestMessage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A decision as the database keeps it.
 *
 * @param reservations how many there are for this request: 1 when it is confirmed, else 0
 */
public record Stored(RequestId id, String outcome, @Nullable String reason, int reservations, FrozenEvent event) {

    /** The decisions about these requests, by id. */
    public static Map<RequestId, Stored> of(Collection<RequestMessage> requests, JdbcClient jdbc) {
        Map<RequestId, Stored> stored = new HashMap<>();
        jdbc.sql(
                        """
                        select d.id, d.outcome, d.reason, d.event_headers, d.event_data,
                               (select count(*) from reservations r
                                where r.restaurant_id = d.restaurant_id and r.request_id = d.id)
                        from unnest(:restaurants, :ids::uuid[]) as asked(restaurant_id, id)
                        join booking_requests d on d.restaurant_id = asked.restaurant_id and d.id = asked.id
                        """)
                .param(
                        "restaurants",
                        requests.stream()
                                .map(request -> request.asked().restaurantId())
                                .toArray(Long[]::new))
                .param(
                        "ids",
                        requests.stream()
                                .map(request -> request.id().value().toString())
                                .toArray(String[]::new))
                .query(row -> {
                    Stored one = read(row);
                    stored.put(one.id(), one);
                });
        return stored;
    }

    private static Stored read(ResultSet row) throws SQLException {
        return new Stored(
                new RequestId(row.getObject(1, UUID.class)),
                row.getString(2),
                row.getString(3),
                row.getInt(6),
                FrozenEvent.thaw(row.getBytes(4), row.getBytes(5)));
    }
}
