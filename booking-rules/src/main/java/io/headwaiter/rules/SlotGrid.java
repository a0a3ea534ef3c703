package io.headwaiter.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The times at which a restaurant seats parties: every multiple of its step, in wall-clock minutes from local
 * midnight. Counting on the clock's face keeps 18:00 a slot on the days that are an hour longer or shorter.
 */
final class SlotGrid {

    private static final int MINUTES_A_DAY = 24 * 60;

    private SlotGrid() {}

    static boolean has(FloorPlan plan, Instant start) {
        LocalTime time = LocalTime.ofInstant(start, plan.timeZone());
        return time.getSecond() == 0
                && time.getNano() == 0
                && (60 * time.getHour() + time.getMinute()) % plan.slotStepMinutes() == 0;
    }

    /**
     * The slots of a local date, in the order in which they come. A time that the clock leaves out is none; one that it
     * shows twice is two.
     */
    static List<Instant> on(FloorPlan plan, LocalDate date) {
        List<Instant> starts = new ArrayList<>();
        for (int minute = 0; minute < MINUTES_A_DAY; minute += plan.slotStepMinutes()) {
            LocalDateTime time = date.atTime(minute / 60, minute % 60);
            for (ZoneOffset offset : plan.timeZone().getRules().getValidOffsets(time)) {
                starts.add(time.toInstant(offset));
            }
        }
        Collections.sort(starts);
        return starts;
    }
}
