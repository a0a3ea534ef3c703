package io.headwaiter.worker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.schemas.BookingConfirmed;
import io.headwaiter.schemas.BookingEvent;
import io.headwaiter.schemas.RefusalEvent;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestMessage;
import java.util.Collection;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every request that the broker acknowledged gets an event and exactly one decision, the same in both, and a reservation
 * if and only if it is confirmed.
 */
public record EveryRequestAnswered(JdbcClient jdbc, EventsSeen events) {

    /** Waits for the answers. */
    public void check(Collection<RequestMessage> acknowledged) {
        acknowledged.forEach(request -> events.atLeast(1, request.id()));
        Map<RequestId, Stored> stored = Stored.of(acknowledged, jdbc);
        for (RequestMessage request : acknowledged) {
            Stored decision = stored.get(request.id());
            if (decision == null) {
                throw new AssertionError("no decision is stored about " + request);
            }
            BookingEvent event = events.of(request);
            assertThat(outcome(event)).as("the event about %s", request).isEqualTo(outcome(decision));
            assertThat(event.restaurantId()).isEqualTo(request.asked().restaurantId());
            assertThat(decision.reservations())
                    .as("reservations for %s", request)
                    .isEqualTo(event instanceof BookingConfirmed ? 1 : 0);
        }
    }

    private static String outcome(Stored decision) {
        return decision.reason() == null ? decision.outcome() : decision.reason();
    }

    private static String outcome(BookingEvent event) {
        return event instanceof RefusalEvent refused ? refused.reason() : "confirmed";
    }
}
