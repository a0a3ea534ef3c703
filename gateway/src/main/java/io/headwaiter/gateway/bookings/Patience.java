package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.GatewayProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a caller waits for an outcome, once their preferences have met the gateway's bounds.
 *
 * @param applied the header {@code Preference-Applied}; empty when no preference was
 */
record Patience(Duration atMost, String applied) {

    static Patience of(Preferences preferences, GatewayProperties properties) {
        Duration wait = preferences.respondAsync() ? Duration.ZERO : properties.waitByDefault();
        List<String> applied = new ArrayList<>();
        if (preferences.respondAsync()) {
            applied.add("respond-async");
        }
        Long asked = preferences.waitSeconds();
        if (asked != null) {
            long seconds = Math.min(asked, properties.waitAtMost().toSeconds());
            wait = Duration.ofSeconds(seconds);
            applied.add("wait=" + seconds);
        }
        return new Patience(wait, String.join(", ", applied));
    }
}
