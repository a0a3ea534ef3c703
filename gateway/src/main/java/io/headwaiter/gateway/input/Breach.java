package io.headwaiter.gateway.input;

import java.util.Locale;

/**
 * The ways to be understood and still be outside the contract's values. Most are constraints of the messages,
 * whose message is their code; the others are found by whoever reads a request. When there are several, the one declared first names the whole.
 */
public enum Breach {
    GUESTS_MISSING("guests", "Say how many guests come."),
    DATE_MISSING("date", "Say when the party comes."),
    DATE_OUT_OF_RANGE("date", "The date must be from 2000 on and before 2200."),
    DATES_REVERSED("to", "The last date must not be before the first."),
    TOO_MANY_DAYS("to", "At most 31 days can be asked about at once."),
    GUESTS_OUT_OF_RANGE("guests", "A party is of 1 to 20 guests."),
    AREA_INVALID("area", "An area's name has 1 to 50 characters."),
    TABLE_ID_INVALID("table_id", "A table's id is 1 or more."),
    CLIENT_ID_INVALID("client_id", "A client's id is 1 or more."),
    CLIENT_AMBIGUOUS("client", "Give client or client_id, not both."),
    CLIENT_NAME_INVALID("client.name", "A name has 2 to 100 characters, none of them a control character."),
    CLIENT_EMAIL_INVALID(
            "client.email",
            "An e-mail address has one @ with something on both sides, no spaces, and at most 254 characters."),
    CLIENT_PHONE_INVALID(
            "client.phone", "A phone number has 5 to 31 characters: digits, spaces and ().- after an optional +."),
    REFERENCE_INVALID("reference", "A reference has 1 to 100 characters, none of them a control character."),
    NOTES_INVALID("notes", "Notes have at most 1000 characters; of control characters, only tabs and line breaks.");

    private final String code = name().toLowerCase(Locale.ROOT);
    private final String member;
    private final String detail;

    Breach(String member, String detail) {
        this.member = member;
        this.detail = detail;
    }

    public String code() {
        return code;
    }

    String member() {
        return member;
    }

    String detail() {
        return detail;
    }

    static Breach of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
