package io.headwaiter.gateway.directory;

import java.util.Locale;

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

    static Scope of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
