package io.headwaiter.gateway.availability;

import io.headwaiter.rules.FloorPlan;
import io.headwaiter.rules.FreeSlots.Slot;
import java.time.Duration;
import java.time.OffsetDateTime;

/**
 * A time at which a party can sit down.
 *
 * @param date the instant, with the offset that the restaurant's clock has then: a booking takes it as it is
 * @param time what that clock shows
 * @param tablesAvailable how many parties of this size could be given a table, if all came for this slot
 * @param durationMinutes how long the party has the table
 */
record OfferedSlot(OffsetDateTime date, String time, int tablesAvailable, long durationMinutes) {

    static OfferedSlot of(Slot slot, FloorPlan plan) {
        return new OfferedSlot(
                slot.start().atZone(plan.timeZone()).toOffsetDateTime(),
                slot.time().toString(),
                slot.freeTables().size(),
                Duration.between(slot.stay().start(), slot.stay().end()).toMinutes());
    }
}
