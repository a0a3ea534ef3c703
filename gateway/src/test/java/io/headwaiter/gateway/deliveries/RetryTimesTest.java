package io.headwaiter.gateway.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryTimesTest {

    private static final Instant NOW = Instant.parse("2027-01-01T12:00:00Z");

    @Test
    void a_delivery_is_tried_ten_times_with_pauses_that_are_a_tenth_shorter_or_longer_than_the_schedule() {
        List<Long> seconds = List.of(5L, 300L, 1_800L, 7_200L, 18_000L, 36_000L, 50_400L, 72_000L, 86_400L);
        for (int attempts = 1; attempts <= seconds.size(); attempts++) {
            long millis = seconds.get(attempts - 1) * 1_000;
            int after = attempts;
            List<Long> pauses = IntStream.range(0, 200)
                    .mapToObj(i ->
                            RetrySchedule.pauseAfter(after, null).orElseThrow().toMillis())
                    .toList();
            assertThat(pauses).allMatch(pause -> pause >= millis * 0.9 - 1 && pause <= millis * 1.1 + 1);
            assertThat(pauses.stream().distinct().count()).isGreaterThan(50);
        }
        assertThat(RetrySchedule.pauseAfter(10, null)).isEmpty();
        assertThat(RetrySchedule.pauseAfter(10, Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void an_endpoint_may_ask_for_a_longer_pause_but_not_for_a_shorter_one_nor_for_more_than_a_day() {
        assertThat(RetrySchedule.pauseAfter(1, Duration.ofMinutes(7))).contains(Duration.ofMinutes(7));
        assertThat(RetrySchedule.pauseAfter(2, Duration.ofSeconds(1)).orElseThrow())
                .isGreaterThan(Duration.ofMinutes(4));
        assertThat(RetrySchedule.pauseAfter(1, Duration.ofDays(365))).contains(Duration.ofDays(1));
    }

    @Test
    void a_pause_is_asked_for_in_seconds_or_by_a_date() {
        assertThat(RetryAfter.of("120", NOW)).isEqualTo(Duration.ofMinutes(2));
        assertThat(RetryAfter.of(" 0 ", NOW)).isEqualTo(Duration.ZERO);
        assertThat(RetryAfter.of("Fri, 01 Jan 2027 12:00:30 GMT", NOW)).isEqualTo(Duration.ofSeconds(30));
        assertThat(RetryAfter.of("Fri, 01 Jan 2027 11:00:00 GMT", NOW)).isEqualTo(Duration.ZERO);
        for (String nonsense : List.of("", "soon", "-1", "1.5", "99999999999999999999", "2027-01-01")) {
            assertThat(RetryAfter.of(nonsense, NOW)).as(nonsense).isNull();
        }
        assertThat(RetryAfter.of(null, NOW)).isNull();
    }
}
