package io.headwaiter.gateway.availability;

import io.headwaiter.rules.FloorPlan;

/** Whose tables they are, and by which clock. */
record RestaurantSummary(long id, String name, String timeZone) {

    static RestaurantSummary of(FloorPlan plan) {
        return new RestaurantSummary(
                plan.restaurantId(), plan.name(), plan.timeZone().getId());
    }
}
