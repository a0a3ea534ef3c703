package io.headwaiter.gateway.setup;

import io.headwaiter.gateway.input.Members;
import io.headwaiter.gateway.problems.Problems;
import jakarta.validation.constraints.NotNull;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One opening period of a special day, in local times such as 18:00. {@code closes} at or before {@code opens} is on the next day. */
record Hours(
        @NotNull(message = "hours_incomplete") @Nullable String opens,
        @NotNull(message = "hours_incomplete") @Nullable String closes) {

    static final int MOST_A_DAY = 10;

    static Hours from(Members period) {
        period.allowing(Set.of("opens", "closes"));
        return new Hours(time(period, "opens"), time(period, "closes"));
    }

    /** @throws RuntimeException 400 {@code time_invalid} */
    static @Nullable String time(Members period, String name) {
        String time = period.text(name).orElse(null);
        if (time != null && !time.matches("([01][0-9]|2[0-3]):[0-5][0-9]")) {
            throw Problems.badRequest("time_invalid", "A time is HH:MM, from 00:00 to 23:59.")
                    .with("member", period.path() + name)
                    .asException();
        }
        return time;
    }
}
