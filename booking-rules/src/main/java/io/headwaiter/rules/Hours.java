package io.headwaiter.rules;

import java.time.LocalTime;

/**
 * One opening period of a day, in the restaurant's local time. A {@code closes} at or before {@code opens} is on the
 * next day, so 00:00 to 00:00 is the whole day.
 */
public record Hours(LocalTime opens, LocalTime closes) {

    boolean passMidnight() {
        return !closes.isAfter(opens);
    }
}
