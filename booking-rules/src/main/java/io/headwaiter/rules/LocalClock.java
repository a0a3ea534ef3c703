package io.headwaiter.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/** What a restaurant's local times mean as instants, on the days its clocks change too. */
final class LocalClock {

    private final ZoneRules rules;

    LocalClock(ZoneId zone) {
        rules = zone.getRules();
    }

    /** The first instant at which the clock shows the time or has gone past it. */
    Instant earliest(LocalDateTime time) {
        return resolve(time, false);
    }

    /** The last instant at which the clock shows the time; if it never does, when it goes past it. */
    Instant latest(LocalDateTime time) {
        return resolve(time, true);
    }

    private Instant resolve(LocalDateTime time, boolean later) {
        ZoneOffsetTransition change = rules.getTransition(time);
        if (change == null) {
            return time.toInstant(rules.getOffset(time));
        }
        if (change.isGap()) {
            return change.getInstant();
        }
        return time.toInstant(later ? change.getOffsetAfter() : change.getOffsetBefore());
    }

    /** Whether the zone leaves this date out, as Apia did when it moved across the date line. */
    boolean skips(LocalDate date) {
        ZoneOffsetTransition change = rules.getTransition(date.atStartOfDay());
        return change != null
                && change.isGap()
                && !change.getDateTimeAfter().isBefore(date.plusDays(1).atStartOfDay());
    }
}
