package io.headwaiter.rules;

import java.time.LocalDate;
import java.util.List;

/**
 * A local date whose hours replace those of its weekday; with none it is closed. A period that began on the day
 * before still runs to its end. From the tables {@code special_days} and {@code special_hours}.
 */
public record SpecialDay(LocalDate day, List<Hours> hours) {

    public SpecialDay {
        hours = List.copyOf(hours);
    }
}
