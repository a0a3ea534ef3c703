package io.headwaiter.gateway.testing;

import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** What tests ask for, who cannot tell the database what time it is. */
public final class Dates {

    /**
     * A January to come, as {@code 2027-01}. Its first is a week away at least, so that tests may pass midnight on New Year's Eve, and
     * its 20th, later than any that tests book, is within the 400 days that a restaurant takes bookings ahead.
     */
    public static final String JANUARY = YearMonth.of(
                    LocalDate.now(ZoneOffset.UTC).plusDays(7).getYear() + 1, Month.JANUARY)
            .toString();

    private Dates() {}

    /** Of that day of {@link #JANUARY}; Monday is 1. */
    public static int weekday(int day) {
        return YearMonth.parse(JANUARY).atDay(day).getDayOfWeek().getValue();
    }
}
