package io.headwaiter.gateway.input;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The ways to be understood and still be outside the contract's values. Most are constraints of the messages, whose message is
 * their code; those of a restaurant's set-up have the names of the database's constraints; the rest are found by whoever reads
 * a request. When there are several, the one declared first names the whole.
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
    RESTAURANT_NAME_LENGTH("name", "A restaurant's name has 1 to 100 characters, none of them a control character."),
    TIME_ZONE_UNKNOWN("time_zone", "A time zone is one of the IANA database, such as Europe/Madrid."),
    SLOT_STEP_RANGE("slot_step_minutes", "Slots are 5 to 240 minutes apart."),
    BUFFER_RANGE("buffer_minutes", "The buffer after a party is of 0 to 240 minutes."),
    NOTICE_RANGE("notice_minutes", "The notice is of 0 to 525600 minutes, a year."),
    HORIZON_RANGE("horizon_days", "The horizon is of 0 to 1000 days."),
    CANCELLATION_DEADLINE_RANGE(
            "cancellation_deadline_minutes", "The cancellation deadline is of 0 to 525600 minutes, a year."),
    TURN_RANGE("minutes", "A party sits 5 to 720 minutes."),
    ASSIGNMENT_POLICY_KNOWN(
            "assignment_policy",
            "The policy names each of smallest_table, highest_priority and tightest_gap once at the most, and nothing else."),
    TURN_PARTY_RANGE("party_up_to", "A turn time is for parties of up to 1 to 20 guests."),
    TURN_TIMES_REPEATED("turn_times", "Two turn times are for the same size of party."),
    TURN_TIMES_TOO_MANY("turn_times", "A restaurant has at most 20 turn times."),
    WEEKDAY_RANGE("weekday", "A weekday is 1, Monday, to 7, Sunday."),
    HOURS_INCOMPLETE("opens", "A period says when it opens and when it closes."),
    OPENING_HOURS_REPEATED("opening_hours", "Two periods of one weekday open at the same time."),
    OPENING_HOURS_TOO_MANY("opening_hours", "A weekday has at most 10 periods."),
    SPECIAL_DAY_RANGE("day", "A special day is from 2000 on and before 2200."),
    SPECIAL_DAY_NOTE_LENGTH(
            "note", "A note has at most 200 characters; of control characters, only tabs and line breaks."),
    SPECIAL_DAYS_REPEATED("special_days", "Two special days are the same day."),
    SPECIAL_DAYS_TOO_MANY("special_days", "A restaurant has at most 1000 special days."),
    SPECIAL_HOURS_REPEATED("hours", "Two periods of one day open at the same time."),
    SPECIAL_HOURS_TOO_MANY("hours", "A day has at most 10 periods."),
    TABLE_NAME_LENGTH("name", "A table's name has 1 to 50 characters, none of them a control character."),
    TABLE_NAME_REPEATED("tables", "Two tables have the same name."),
    TABLE_AREA_LENGTH("area", "An area has 1 to 50 characters, none of them a control character."),
    TABLE_SEATS_RANGE("capacity", "A table seats from smallest_party, 1 or more, up to its capacity, 20 at the most."),
    TABLE_PRIORITY_RANGE("priority", "A priority is from -1000000 to 1000000."),
    TABLES_TOO_MANY("tables", "A restaurant has at most 500 tables."),
    PARTNER_NAME_LENGTH("name", "A partner's name has 1 to 100 characters, none of them a control character."),
    SCOPES_KNOWN("scopes", "The scopes are a list of bookings, clients, staff, setup and platform."),
    RESTAURANT_UNKNOWN(
            "restaurants", "The restaurants are a list of ids, 1000 at the most, of restaurants that there are."),
    EXPIRES_AT_RANGE("expires_at", "A key expires in the future, and before 2200."),
    OVERLAP_RANGE("overlap_seconds", "Two keys may overlap for 0 to 2592000 seconds, 30 days."),
    WEBHOOK_URL_LENGTH("url", "An endpoint's url has at most 2048 characters."),
    WEBHOOK_URL_INVALID("url", "An endpoint's url is one with a host, in ASCII."),
    WEBHOOK_URL_REFUSED(
            "url",
            "An endpoint's url begins with https://, has a public name or address, 443 or a port from 1024 on, no user and no fragment."),
    WEBHOOK_DESCRIPTION_LENGTH(
            "description", "A description has 1 to 200 characters, none of them a control character."),
    EVENT_TYPES_KNOWN(
            "event_types",
            "The event types are a list of those of booking.events, webhook.test and webhook.disabled; without any, it is all."),
    EVENT_TYPES_OF_TABLES(
            "event_types",
            "table.blocked and table.unblocked are for endpoints that hear of every booking: keys with staff or platform make them."),
    SINCE_MISSING("since", "Say since when."),
    SINCE_RANGE("since", "What is to be replayed has happened."),
    NOTHING_TO_CHANGE("", "Say what is to be different: date, guests or table_id."),
    TABLE_AMBIGUOUS("table_id", "Name a table, or leave it to the house, not both."),
    STATUS_INVALID("status", "The status is confirmed, seated, completed or no_show."),
    FROM_MISSING("from", "Say when the block begins."),
    TO_MISSING("to", "Say when the block ends."),
    BLOCK_OUT_OF_RANGE("to", "A block ends after it begins, by 31 days at the most."),
    REASON_INVALID("reason", "A reason has 1 to 200 characters, none of them a control character."),
    NOTE_INVALID("note", "A note has 1 to 200 characters, none of them a control character."),
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

    /** As {@link #of}; empty when there is none with this code. */
    static Optional<Breach> find(String code) {
        return Arrays.stream(values())
                .filter(breach -> breach.code.equals(code))
                .findFirst();
    }
}
