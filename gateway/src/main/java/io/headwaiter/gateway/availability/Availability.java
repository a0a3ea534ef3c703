package io.headwaiter.gateway.availability;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.headwaiter.rules.FloorPlan;
import io.headwaiter.rules.FreeSlots.Slot;
import java.time.LocalTime;
import java.util.Collection;
import java.util.List;

/**
 * What a restaurant can offer on a day, in the shape that partners rely on.
 *
 * @param availableSlots times on the restaurant's clock, each once, also when the clock shows it twice that day
 * @param tablesAvailable for the slot when a time was asked for, else how many different tables are free in at least one slot
 * @param totalTables the active ones
 */
record Availability(
        @JsonProperty("availableSlots") List<String> availableSlots,
        @JsonProperty("tablesAvailable") int tablesAvailable,
        @JsonProperty("totalTables") int totalTables,
        RestaurantSummary restaurant) {

    record RestaurantSummary(long id, String name, String timeZone) {}

    static Availability of(FloorPlan plan, List<Slot> slots, AvailabilityQuery query) {
        LocalTime time = query.time();
        // The slots are in the order in which they come, so the first of two with one time is the one it means.
        List<Slot> asked = time == null
                ? slots
                : slots.stream()
                        .filter(slot -> slot.time().equals(time))
                        .limit(1)
                        .toList();
        return new Availability(
                asked.stream().map(slot -> slot.time().toString()).distinct().toList(),
                (int) asked.stream()
                        .map(Slot::freeTables)
                        .flatMap(Collection::stream)
                        .distinct()
                        .count(),
                plan.activeTables(),
                new RestaurantSummary(
                        plan.restaurantId(), plan.name(), plan.timeZone().getId()));
    }
}
