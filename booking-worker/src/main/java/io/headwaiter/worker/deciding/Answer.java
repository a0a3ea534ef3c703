package io.headwaiter.worker.deciding;

import io.headwaiter.schemas.FrozenEvent;

/**
 * What is to be published about a request, now or again.
 *
 * @param outcome {@code confirmed}, or the code of the reason for a refusal
 * @param repeated the request had been decided before; the event is the one from then
 */
public record Answer(long restaurantId, FrozenEvent event, String outcome, boolean repeated) {

    static final String CONFIRMED = "confirmed";

    Answer again() {
        return new Answer(restaurantId, event, outcome, true);
    }
}
