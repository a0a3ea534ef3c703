package io.headwaiter.rules;

import java.time.LocalTime;

/**
 * One opening period of every such weekday, by ISO 8601: Monday is 1, Sunday 7. Local times as in {@link Hours}.
 * From the table {@code opening_hours}.
 */
public record WeeklyHours(int weekday, LocalTime opens, LocalTime closes) {

    public WeeklyHours {
        if (weekday < 1 || weekday > 7) {
            throw new IllegalArgumentException("A weekday is 1 (Monday) to 7 (Sunday): " + weekday);
        }
    }

    Hours hours() {
        return new Hours(opens, closes);
    }
}
