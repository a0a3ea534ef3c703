package io.headwaiter.gateway.availability;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.headwaiter.rules.FloorPlan;
import java.util.List;

/**
 * What a restaurant can offer on each day of a range.
 *
 * @param totalTables the active ones
 */
record AvailabilityOfDays(
        List<OfferedDay> days, @JsonProperty("totalTables") int totalTables, RestaurantSummary restaurant) {

    static AvailabilityOfDays of(List<OfferedDay> days, FloorPlan plan) {
        return new AvailabilityOfDays(days, plan.activeTables(), RestaurantSummary.of(plan));
    }
}
