package io.headwaiter.gateway.availability;

import io.headwaiter.gateway.input.Breach;
import io.headwaiter.gateway.input.CheckValues;
import io.headwaiter.gateway.input.Query;
import io.headwaiter.gateway.problems.Problems;
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
 * @param first the first date, on the restaurant's calendar
 * @param last the last one
 * @param range whether it was asked for as a range, be it of one day
 * @param time on the restaurant's clock; null: the whole day
 * @param area only the tables there, as the restaurant itself writes it; null: all of them
 */
record AvailabilityQuery(
        LocalDate first, LocalDate last, boolean range, int guests, @Nullable LocalTime time, @Nullable String area) {

    private static final Set<String> PARAMETERS = Set.of("date", "from", "to", "guests", "time", "area");
    private static final Pattern TIME = Pattern.compile("\\d{2}:\\d{2}");
    private static final int MOST_DAYS = 31;
    private static final int LONGEST_AREA = 50;

    static AvailabilityQuery of(HttpServletRequest request) {
        Query query = Query.of(request, PARAMETERS);
        boolean range = query.text("from").isPresent() || query.text("to").isPresent();
        if (range && query.text("date").isPresent()) {
            throw Problems.badRequest("date_ambiguous", "Give date, or from and to, not both.")
                    .with("parameter", "date")
                    .asException();
        }
        LocalDate first = date(query, range ? "from" : "date");
        LocalDate last = range ? date(query, "to") : first;
        long guests = Query.wholeNumber("guests", query.requiredText("guests"));
        LocalTime time = query.text("time").map(AvailabilityQuery::time).orElse(null);
        String area = query.text("area").orElse(null);
        Set<Breach> breaches = breaches(first, last, guests, area);
        if (!breaches.isEmpty()) {
            throw CheckValues.problem("", breaches).asException();
        }
        return new AvailabilityQuery(first, last, range, (int) guests, time, area);
    }

    private static Set<Breach> breaches(LocalDate first, LocalDate last, long guests, @Nullable String area) {
        Set<Breach> breaches = EnumSet.noneOf(Breach.class);
        if (isOutOfRange(first) || isOutOfRange(last)) {
            breaches.add(Breach.DATE_OUT_OF_RANGE);
        } else if (last.isBefore(first)) {
            breaches.add(Breach.DATES_REVERSED);
        } else if (!last.isBefore(first.plusDays(MOST_DAYS))) {
            breaches.add(Breach.TOO_MANY_DAYS);
        }
        if (guests < 1 || guests > 20) {
            breaches.add(Breach.GUESTS_OUT_OF_RANGE);
        }
        if (area != null && (area.isEmpty() || area.codePointCount(0, area.length()) > LONGEST_AREA)) {
            breaches.add(Breach.AREA_INVALID);
        }
        return breaches;
    }

    private static boolean isOutOfRange(LocalDate date) {
        return date.getYear() < 2000 || date.getYear() >= 2200;
    }

    private static LocalDate date(Query query, String name) {
        return Query.date(name, query.requiredText(name));
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
