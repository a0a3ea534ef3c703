package io.headwaiter.gateway.access;

import io.headwaiter.gateway.directory.Caller;
import io.headwaiter.gateway.directory.VersionedPlan;
import io.headwaiter.rules.FloorPlan;

/**
 * A caller at a restaurant that they reach. A controller that takes one serves the path's {@code restId}, and is not called
 * for a restaurant that is out of reach.
 *
 * @param rules the restaurant's, as far as this gateway knows: they may be some seconds old
 */
public record Admission(Caller caller, VersionedPlan rules) {

    public FloorPlan plan() {
        return rules.plan();
    }

    public long restaurantId() {
        return plan().restaurantId();
    }
}
