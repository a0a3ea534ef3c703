package io.headwaiter.rules;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * When a restaurant is open, around some time. Periods that touch or overlap are one: a house that is open 00:00 to
 * 00:00 every day never closes, and a stay may pass midnight as if it were not there.
 *
 * <p>The days around the time are enough to answer for it, since what is not within a period of one of them is not
 * made so by others. A period begins on its own date and ends on that or the next. Two days back and one ahead
 * leave room for clocks that are set back across midnight, when the date itself goes back.
 */
final class OpeningHours {

    private final List<Interval> periods;

    private OpeningHours(List<Interval> periods) {
        this.periods = periods;
    }

    static OpeningHours around(FloorPlan plan, Interval time) {
        LocalDate first = LocalDate.ofInstant(time.start(), plan.timeZone()).minusDays(2);
        LocalDate last = LocalDate.ofInstant(time.end(), plan.timeZone()).plusDays(1);
        LocalClock clock = new LocalClock(plan.timeZone());
        List<Interval> periods = new ArrayList<>();
        for (LocalDate date = first; !date.isAfter(last); date = date.plusDays(1)) {
            if (!clock.skips(date)) {
                addPeriods(periods, date, hoursOn(plan, date), clock);
            }
        }
        return new OpeningHours(merged(periods));
    }

    /** Whether it is open from the first to the last moment of the stay. */
    boolean cover(Interval stay) {
        for (Interval period : periods) {
            if (period.contains(stay)) {
                return true;
            }
        }
        return false;
    }

    private static List<Hours> hoursOn(FloorPlan plan, LocalDate date) {
        List<SpecialDay> specialDays = plan.specialDays();
        int special =
                Collections.binarySearch(specialDays, new SpecialDay(date, List.of()), comparing(SpecialDay::day));
        if (special >= 0) {
            return specialDays.get(special).hours();
        }
        int weekday = date.getDayOfWeek().getValue();
        List<Hours> hours = new ArrayList<>();
        for (WeeklyHours weekly : plan.openingHours()) {
            if (weekly.weekday() == weekday) {
                hours.add(weekly.hours());
            }
        }
        return hours;
    }

    private static void addPeriods(List<Interval> periods, LocalDate date, List<Hours> hours, LocalClock clock) {
        for (Hours h : hours) {
            LocalDate closingDate = h.passMidnight() ? date.plusDays(1) : date;
            Instant opens = clock.earliest(date.atTime(h.opens()));
            Instant closes = clock.latest(closingDate.atTime(h.closes()));
            // Hours that lie wholly in the hour that the clock leaves out are none.
            if (opens.isBefore(closes)) {
                periods.add(new Interval(opens, closes));
            }
        }
    }

    private static List<Interval> merged(List<Interval> periods) {
        periods.sort(comparing(Interval::start));
        List<Interval> merged = new ArrayList<>();
        for (Interval period : periods) {
            Interval before = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (before == null || before.end().isBefore(period.start())) {
                merged.add(period);
            } else if (before.end().isBefore(period.end())) {
                merged.set(merged.size() - 1, new Interval(before.start(), period.end()));
            }
        }
        return merged;
    }
}
