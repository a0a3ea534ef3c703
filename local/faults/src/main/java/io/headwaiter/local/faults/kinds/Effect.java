package io.headwaiter.local.faults.kinds;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of a fault.
 *
 * @param what happened, for a line
 * @param recovery how long until all went on; empty when it never did, or there was nothing to recover from
 * @param broken what should have held and did not
 */
public record Effect(String what, Optional<Duration> recovery, List<String> broken) {

    static Effect harmless(String what) {
        return new Effect(what, Optional.empty(), List.of());
    }

    /** Must have recovered within the limit. */
    static Effect recovered(String what, Optional<Duration> recovery, Duration limit) {
        boolean late = recovery.isEmpty() || recovery.get().compareTo(limit) > 0;
        return new Effect(
                what,
                recovery,
                late
                        ? List.of("not all went on within " + limit.toSeconds() + " s: "
                                + recovery.map(Effect::seconds).orElse("never while it was waited for"))
                        : List.of());
    }

    static Effect broken(String what, String broken) {
        return new Effect(what, Optional.empty(), List.of(broken));
    }

    public static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
