package io.headwaiter.gateway.setup;

import io.headwaiter.gateway.input.Breach;
import io.headwaiter.gateway.input.CheckDocument.Finding;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The time zones that both Java and the database know, by their IANA names: offsets such as +02:00 are none. */
@Component
class TimeZones {

    private final JdbcClient jdbc;
    private final AtomicReference<@Nullable Set<String>> known = new AtomicReference<>();

    TimeZones(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The breach in these settings, if their time zone is one. */
    List<Finding> check(Settings settings) {
        String zone = settings.timeZone();
        return zone == null || known().contains(zone)
                ? List.of()
                : List.of(new Finding("time_zone", Breach.TIME_ZONE_UNKNOWN));
    }

    /** Asked once: the database reads hundreds of files to answer. */
    private Set<String> known() {
        Set<String> zones = known.get();
        if (zones == null) {
            zones = new HashSet<>(jdbc.sql("select name from pg_timezone_names")
                    .query(String.class)
                    .list());
            zones.retainAll(ZoneId.getAvailableZoneIds());
            known.set(zones);
        }
        return zones;
    }
}
