package io.headwaiter.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can be pasted from the screen. */
class WelcomeTest {

    private static final Settings SETTINGS =
            new Settings(Path.of("/p"), Path.of("/d"), 8090, 8091, 8092, 8093, 19092, 15432, false);

    @Test
    void the_slot_is_dinner_in_madrid_a_week_ahead_whatever_the_clock_change() {
        // Summer time ends in between, on 25 October 2026.
        var clock = Clock.fixed(Instant.parse("2026-10-20T22:30:00Z"), ZoneId.of("Asia/Tokyo"));

        String text = Welcome.text(SETTINGS, Map.of("fsync", "on"), "jdbc:postgresql:x", clock);

        assertThat(text)
                .contains("'http://127.0.0.1:8090/api/restaurants/1/availability?date=2026-10-28&guests=4'")
                .contains("\"date\":\"2026-10-28T19:00:00Z\"")
                .contains("'http://127.0.0.1:8090/api/restaurants/1/clients'")
                .contains("http://127.0.0.1:8090/docs")
                .contains("http://127.0.0.1:8093 (what guests and restaurants are mailed")
                .contains("http://127.0.0.1:8092/actuator/prometheus (gateway)");
    }

    @Test
    void every_line_to_paste_is_one_line() {
        String text = Welcome.text(SETTINGS, Map.of("fsync", "on"), "jdbc:postgresql:x", Clock.systemUTC());

        assertThat(text.lines().filter(line -> line.startsWith("curl "))).hasSize(3);
        assertThat(text).contains("fsync on");
    }
}
