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
 * What a restaurant can offer on a day.
 *
 * @param date on the restaurant's calendar
 * @param availableSlots times on the restaurant's clock, each once, also when the clock shows it twice that day
 * @param tablesAvailable for the slot when a time was asked for, else how many different tables are free in at least one slot
 * @param slots in the order in which they come; a time that the clock shows twice is two
 */
record OfferedDay(
        LocalDate date,
        @JsonProperty("availableSlots") List<String> availableSlots,
        @JsonProperty("tablesAvailable") int tablesAvailable,
        List<OfferedSlot> slots) {

    /** @param time the only one that was asked for; null: all were */
    static OfferedDay of(LocalDate date, List<Slot> free, @Nullable LocalTime time, FloorPlan plan) {
        List<Slot> asked = free;
        if (time != null) {
            Instant start = firstOf(date.atTime(time), plan);
            asked = free.stream().filter(slot -> slot.start().equals(start)).toList();
        }
        return new OfferedDay(
                date,
                asked.stream().map(slot -> slot.time().toString()).distinct().toList(),
                (int) asked.stream()
                        .map(Slot::freeTables)
                        .flatMap(Collection::stream)
                        .distinct()
                        .count(),
                asked.stream().map(slot -> OfferedSlot.of(slot, plan)).toList());
    }

    /** When the clock shows this time first: of two such times, the later is not meant, be the first taken or not. */
    private static @Nullable Instant firstOf(LocalDateTime shown, FloorPlan plan) {
        return plan.timeZone().getRules().getValidOffsets(shown).stream()
                .map(shown::toInstant)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}
