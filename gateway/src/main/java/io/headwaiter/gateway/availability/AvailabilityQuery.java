package io.headwaiter.gateway.availability;

import io.headwaiter.gateway.input.Breach;
import io.headwaiter.gateway.input.CheckValues;
import io.headwaiter.gateway.input.Query;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is asked about.
 *
 * @param date on the restaurant's calendar
 * @param time on its clock; null: the whole day
 */
record AvailabilityQuery(LocalDate date, int guests, @Nullable LocalTime time) {

    private static final Set<String> PARAMETERS = Set.of("date", "guests", "time");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern TIME = Pattern.compile("\\d{2}:\\d{2}");

    static AvailabilityQuery of(HttpServletRequest request) {
        Query query = Query.of(request, PARAMETERS);
        LocalDate date = date(query.requiredText("date"));
        long guests = Query.wholeNumber("guests", query.requiredText("guests"));
        LocalTime time = query.text("time").map(AvailabilityQuery::time).orElse(null);
        Set<Breach> breaches = EnumSet.noneOf(Breach.class);
        if (date.getYear() < 2000 || date.getYear() >= 2200) {
            breaches.add(Breach.DATE_OUT_OF_RANGE);
        }
        if (guests < 1 || guests > 20) {
            breaches.add(Breach.GUESTS_OUT_OF_RANGE);
        }
        if (!breaches.isEmpty()) {
            throw CheckValues.problem("", breaches).asException();
        }
        return new AvailabilityQuery(date, (int) guests, time);
    }

    private static LocalDate date(String text) {
        try {
            if (DATE.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException impossible) {
            // Said below, as of any other text.
        }
        throw Query.invalid("date", "The parameter date must be a calendar date such as 2027-01-01.");
    }

    private static LocalTime time(String text) {
        try {
            if (TIME.matcher(text).matches()) {
                return LocalTime.parse(text);
            }
        } catch (DateTimeException impossible) {
            // Said below, as of any other text.
        }
        throw Query.invalid("time", "The parameter time must be a time of day such as 18:00.");
    }
}
