package io.headwaiter.local.run;

import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Collectors;

/** The one screen: where it is, what opens it, three lines to paste, where it keeps things, how it stops. */
final class Welcome {

    // Restaurant 1 of demo.sql is open there and then every day.
    private static final ZoneId ZONE = ZoneId.of("Europe/Madrid");
    private static final LocalTime DINNER = LocalTime.of(20, 0);
    private static final int DAYS_AHEAD = 7;

    private Welcome() {}

    static String text(Settings settings, Map<String, String> durability, String databaseUrl, Clock clock) {
        LocalDate day = LocalDate.now(clock.withZone(ZONE)).plusDays(DAYS_AHEAD);
        String kept = durability.entrySet().stream()
                .map(setting -> setting.getKey() + " " + setting.getValue())
                .collect(Collectors.joining(", "));
        String url = "http://127.0.0.1:" + settings.port();
        return """

                Headwaiter is ready:  %1$s

                  key            reaches
                  test-api-key   restaurants 1 (Madrid), 3 (Madrid, one table), 4 (UTC, 200 tables)
                  other-api-key  restaurant 2 (New York, past midnight)
                  admin-api-key  everything

                Every operation, to try out with a key:  %1$s/docs

                Free slots, a booking, the guests:

                curl -s -H 'Authorization: Bearer test-api-key' '%1$s/api/restaurants/1/availability?date=%2$s&guests=4'

                curl -s -H 'Authorization: Bearer test-api-key' -H 'Content-Type: application/json' -d '{"date":"%3$s","guests":4,"client":{"name":"John Doe","email":"john@example.com"}}' '%1$s/api/restaurants/1/reservations'

                curl -s -H 'Authorization: Bearer test-api-key' '%1$s/api/restaurants/1/clients'

                  mails       http://127.0.0.1:%10$d (what guests and restaurants are mailed, in some seconds; none leaves this machine)
                  PostgreSQL  %4$s (user postgres, password in %6$s/secrets.properties)
                              %5$s
                  Kafka       127.0.0.1:%7$d
                  data        %6$s (kept; delete the folder to begin anew)
                  logs        %6$s/logs
                  metrics     http://127.0.0.1:%8$d/actuator/prometheus (gateway), http://127.0.0.1:%9$d/actuator/prometheus (worker)
                  webhooks    may go to http:// and to this machine (in production to https:// and public addresses only)
                  stop        Ctrl-C
                """
                .formatted(
                        url,
                        day,
                        day.atTime(DINNER).atZone(ZONE).toInstant(),
                        databaseUrl,
                        kept,
                        settings.data(),
                        settings.brokerPort(),
                        settings.metricsPort(),
                        settings.workerPort(),
                        settings.mailsPort());
    }
}
