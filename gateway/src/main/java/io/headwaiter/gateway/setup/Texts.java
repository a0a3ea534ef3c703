package io.headwaiter.gateway.setup;

/** What texts may hold, in characters as PostgreSQL counts them: no control character, no half of a surrogate pair. */
final class Texts {

    static final String UP_TO_50 = "^[^\\p{Cc}\\p{Cs}]{1,50}$";
    static final String UP_TO_100 = "^[^\\p{Cc}\\p{Cs}]{1,100}$";
    /** Besides, lines may be broken and tabbed. */
    static final String NOTE = "^(?:[^\\p{Cc}\\p{Cs}]|[\\n\\r\\t]){0,200}$";

    private Texts() {}
}
