package io.headwaiter.worker.deciding;

import io.headwaiter.rules.FloorPlan;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the restaurants in a batch, as they stand in its transaction.
 *
 * @param now the transaction's time: the only clock that decides anything
 */
record PlansNow(Instant now, Map<Long, FloorPlan> plans) {

    /** Null when there is no such restaurant. */
    @Nullable
    FloorPlan of(long restaurantId) {
        return plans.get(restaurantId);
    }
}
