package io.headwaiter.rules;

import java.util.Locale;

/**
 * Why a request is refused. When several reasons hold, the one declared first is given. The codes are published, in
 * events and over HTTP: they never change.
 */
public enum RejectionReason {
    RESTAURANT_UNKNOWN("There is no such restaurant."),
    RESERVATION_NOT_FOUND("There is no such reservation."),
    BLOCK_NOT_FOUND("There is no such block."),
    NOTHING_TO_WITHDRAW("That request has made no reservation."),
    VERSION_MISMATCH("The reservation has changed since it was read."),
    STATUS_CONFLICT("The reservation's status does not allow that."),
    DEADLINE_PASSED("It is too late for that; only the restaurant itself can still do it."),
    PARTY_SIZE("The restaurant has no table for a party of this size."),
    IN_THE_PAST("The asked time has passed."),
    TOO_SOON("The restaurant needs more notice than that."),
    BEYOND_HORIZON("The restaurant does not take bookings that far ahead."),
    CLOSED("The restaurant is not open for the whole of the stay."),
    OFF_SLOT_GRID("The restaurant does not seat parties at this minute; ask for one of its slots."),
    TABLE_UNKNOWN("The restaurant has no such table in use."),
    TABLE_TOO_SMALL("The table is too small for the party."),
    TABLE_TOO_LARGE("The table is kept for larger parties."),
    CLIENT_UNKNOWN("The restaurant has no such client."),
    TABLE_TAKEN("The table is taken at that time."),
    NO_TABLE_AVAILABLE("Every table that seats the party is taken at that time."),
    IDEMPOTENCY_KEY_REUSED("The idempotency key was used before for a different request."),
    INTERNAL_ERROR("The request could not be decided because of an error on our side.");

    private final String code = name().toLowerCase(Locale.ROOT);
    private final String sentence;

    RejectionReason(String sentence) {
        this.sentence = sentence;
    }

    /** The stable name that other programs see, such as {@code table_taken}. */
    public String code() {
        return code;
    }

    /** One sentence that says it to a person. */
    public String sentence() {
        return sentence;
    }
}
