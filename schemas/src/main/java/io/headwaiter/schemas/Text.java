package io.headwaiter.schemas;

/**
 * What texts may hold, as regular expressions that Java and JSON Schema read alike. They count characters (code points), as
 * PostgreSQL does, and let in neither control characters (PostgreSQL refuses NUL) nor halves of surrogate pairs.
 */
final class Text {

    static final String NAME = "^[^\\p{Cc}\\p{Cs}]{2,100}$";
    static final String EMAIL = "^(?=[^\\p{Cc}\\p{Cs}]{3,254}$)[^@\\p{Cc}\\p{Z}]+@[^@\\p{Cc}\\p{Z}]+$";
    static final String PHONE = "^\\+?[0-9][0-9 ().-]{3,28}[0-9]$";
    static final String REFERENCE = "^[^\\p{Cc}\\p{Cs}]{1,100}$";
    /** Besides, lines may be broken and tabbed. */
    static final String NOTES = "^(?:[^\\p{Cc}\\p{Cs}]|[\\n\\r\\t]){0,1000}$";

    static final String REASON = "^[^\\p{Cc}\\p{Cs}]{1,200}$";

    private Text() {}
}
