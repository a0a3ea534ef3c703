package io.headwaiter.gateway.access;

import io.headwaiter.gateway.directory.Caller;
import io.headwaiter.rules.FloorPlan;

/**
 * A caller at a restaurant that they reach. A controller that takes one serves the path's {@code restId}, and is not called
 * for a restaurant that is out of reach.
 */
public record Admission(Caller caller, FloorPlan plan) {

    public long restaurantId() {
        return plan.restaurantId();
    }
}
