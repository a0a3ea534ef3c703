package io.headwaiter.gateway.access;

import io.headwaiter.gateway.directory.Caller;
import io.headwaiter.gateway.directory.VersionedPlan;
import io.headwaiter.gateway.problems.Problem;
import io.headwaiter.rules.FloorPlan;
import org.springframework.http.HttpStatus;

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

    /** What callers hear of a restaurant that is out of reach, or not there. */
    public static Problem restaurantNotFound() {
        return Problem.of(HttpStatus.NOT_FOUND, "restaurant_not_found", "There is no such restaurant.");
    }

    public long restaurantId() {
        return plan().restaurantId();
    }
}
