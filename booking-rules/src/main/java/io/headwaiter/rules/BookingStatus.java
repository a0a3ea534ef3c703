package io.headwaiter.rules;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Where a booking stands. The codes are the database's, and published. */
public enum BookingStatus {
    /** The party is expected. */
    CONFIRMED,
    /** The party sits at its table. */
    SEATED,
    /** The party has left. */
    COMPLETED,
    /** The booking was given back: for good, whoever wants it again asks for a new one. */
    CANCELLED,
    /** The party never came. */
    NO_SHOW;

    /** What the house's people may say next, mistakes taken back among it. Cancelling is a request of its own. */
    private static final Map<BookingStatus, Set<BookingStatus>> NEXT = Map.of(
            CONFIRMED, EnumSet.of(SEATED, NO_SHOW),
            SEATED, EnumSet.of(COMPLETED, CONFIRMED),
            COMPLETED, EnumSet.of(SEATED),
            CANCELLED, EnumSet.noneOf(BookingStatus.class),
            NO_SHOW, EnumSet.of(CONFIRMED, SEATED));

    private final String code = name().toLowerCase(Locale.ROOT);

    public String code() {
        return code;
    }

    /** @throws IllegalArgumentException when there is none with this code */
    public static BookingStatus of(String code) {
        return Arrays.stream(values())
                .filter(status -> status.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no status is " + code));
    }

    public boolean mayBecome(BookingStatus next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    /** Whether the party has a table, now or later. */
    public boolean isLive() {
        return this == CONFIRMED || this == SEATED;
    }
}
