package io.headwaiter.gateway.input;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a calendar date, written {@code 2027-01-01} and in no other way. */
public final class ReadDate {

    private static final Pattern SHAPE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private ReadDate() {}

    /** The date; empty when this is none. */
    public static Optional<LocalDate> from(String text) {
        try {
            return SHAPE.matcher(text).matches() ? Optional.of(LocalDate.parse(text)) : Optional.empty();
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }
}
