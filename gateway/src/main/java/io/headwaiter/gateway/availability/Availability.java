package io.headwaiter.gateway.availability;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.headwaiter.rules.FloorPlan;
import java.util.List;

/**
 * What a restaurant can offer on one day, in the shape that partners rely on; the members are those of an {@link OfferedDay}.
 *
 * @param totalTables the active ones
 */
record Availability(
        @JsonProperty("availableSlots") List<String> availableSlots,
        @JsonProperty("tablesAvailable") int tablesAvailable,
        @JsonProperty("totalTables") int totalTables,
        RestaurantSummary restaurant,
        List<OfferedSlot> slots) {

    static Availability of(OfferedDay day, FloorPlan plan) {
        return new Availability(
                day.availableSlots(),
                day.tablesAvailable(),
                plan.activeTables(),
                RestaurantSummary.of(plan),
                day.slots());
    }
}
