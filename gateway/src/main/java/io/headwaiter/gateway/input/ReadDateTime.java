package io.headwaiter.gateway.input;

import io.headwaiter.gateway.problems.Problems;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an ISO 8601 date-time with an offset, in any of its forms: {@code Z}, {@code +01:00}, {@code +0100}, {@code +01};
 * seconds and their fraction may be left out.
 */
public final class ReadDateTime {

    private static final Pattern SHAPE = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?)(Z|[+-]\\d{2}(?::?\\d{2})?)?");

    private ReadDateTime() {}

    /**
     * @param member whose text it is
     * @throws RuntimeException 400 {@code date_invalid}
     */
    public static Instant from(String member, String text) {
        Matcher shape = SHAPE.matcher(text.toUpperCase(Locale.ROOT));
        if (!shape.matches()) {
            throw invalid(
                    member, "The date must be an ISO 8601 date-time with an offset, such as 2027-01-01T18:00:00Z.");
        }
        if (shape.group(2) == null) {
            throw invalid(member, "The date has no offset from UTC; end it with Z or, for example, +01:00.");
        }
        try {
            return LocalDateTime.parse(shape.group(1).replace(',', '.')).toInstant(ZoneOffset.of(shape.group(2)));
        } catch (DateTimeException impossible) {
            throw invalid(member, "There is no such date, time or offset.");
        }
    }

    private static RuntimeException invalid(String member, String detail) {
        return Problems.badRequest("date_invalid", detail)
                .with("member", member)
                .asException();
    }
}
