package io.headwaiter.gateway.directory;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a key may do; the names are the database's. */
public enum Scope {
    BOOKINGS,
    CLIENTS,
    STAFF,
    SETUP,
    /** Reaches every restaurant; the others only those that the key is granted. */
    PLATFORM;

    private final String code = name().toLowerCase(Locale.ROOT);

    public String code() {
        return code;
    }

    /** Empty for one that only a newer gateway knows: its key may then do here what its other scopes allow. */
    static Optional<Scope> of(String code) {
        return Arrays.stream(values()).filter(scope -> scope.code.equals(code)).findFirst();
    }
}
