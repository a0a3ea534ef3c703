package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.bookings.Outcome.Refused;
import io.headwaiter.gateway.tenancy.OneRestaurant;
import io.headwaiter.rules.RejectionReason;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.UnreadableMessage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Outcomes as the worker stored them. */
@Component
class StoredOutcomes {

    private final OneRestaurant restaurants;

    StoredOutcomes(OneRestaurant restaurants) {
        this.restaurants = restaurants;
    }

    /** The outcome; empty when the request is not decided yet. */
    Optional<Outcome> of(RequestToken token) {
        return restaurants.read(token.key().restaurantId(), jdbc -> jdbc.sql(
                        """
                        select fingerprint, event_headers, event_data
                        from all_booking_requests
                        where restaurant_id = :restaurant and id = :id
                        -- One that came again after its decision was moved to the past was decided anew.
                        order by decided_at desc limit 1
                        """)
                .param("restaurant", token.key().restaurantId())
                .param("id", token.id().value())
                .query((row, number) -> outcome(row, token))
                .optional());
    }

    private static Outcome outcome(ResultSet row, RequestToken token) throws SQLException {
        if (!Arrays.equals(row.getBytes("fingerprint"), token.fingerprint().bytes())) {
            // What is stored was decided for the first request under this id; this one was another.
            return new Refused(RejectionReason.IDEMPOTENCY_KEY_REUSED.code(), null);
        }
        try {
            return Outcome.of(FrozenEvent.thaw(row.getBytes("event_headers"), row.getBytes("event_data"))
                    .read());
        } catch (UnreadableMessage newer) {
            throw new IllegalStateException("the stored event of request " + token.id() + " cannot be read", newer);
        }
    }
}
