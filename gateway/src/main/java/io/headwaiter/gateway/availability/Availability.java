package io.headwaiter.gateway.availability;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.headwaiter.rules.FloorPlan;
import io.headwaiter.rules.FreeSlots.Slot;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        List<Slot> asked = time == null
                ? slots
                : slots.stream()
                        .filter(slot -> slot.start().equals(firstOf(time, query.date(), plan)))
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

    /** When the clock shows this time first: of two such times, the later is not meant, be the first taken or not. */
    private static @Nullable Instant firstOf(LocalTime time, LocalDate date, FloorPlan plan) {
        LocalDateTime shown = date.atTime(time);
        return plan.timeZone().getRules().getValidOffsets(shown).stream()
                .map(shown::toInstant)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}
