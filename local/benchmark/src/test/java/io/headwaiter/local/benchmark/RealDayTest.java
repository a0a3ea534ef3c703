package io.headwaiter.local.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RealDayTest {

    private static final int CALLS = 24_000;
    private static final int SECONDS = 24;

    @Test
    void calls_come_in_order_and_all_within_the_day() {
        long[] due = RealDay.aDay(CALLS, SECONDS);

        assertThat(due).isSorted().hasSize(CALLS);
        assertThat(due[CALLS - 1]).isLessThan(TimeUnit.SECONDS.toNanos(SECONDS));
    }

    @Test
    void the_hour_before_dinner_has_the_most_and_the_night_hardly_any() {
        long[] due = RealDay.aDay(CALLS, SECONDS);

        assertThat(inHour(due, 18)).isGreaterThan(2 * CALLS / 24).isGreaterThan(inHour(due, 11));
        assertThat(inHour(due, 3)).isLessThan(CALLS / 24 / 5);
    }

    private static long inHour(long[] due, int hour) {
        return Arrays.stream(due)
                .filter(each -> TimeUnit.NANOSECONDS.toSeconds(each) == hour)
                .count();
    }
}
