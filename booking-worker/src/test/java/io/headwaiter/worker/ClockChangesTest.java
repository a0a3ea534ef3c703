package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.aTable;
import static io.headwaiter.worker.testing.Asking.minutesAfter;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.schemas.BookingConfirmed;
import io.headwaiter.schemas.BookingRejected;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.worker.testing.RunningWorker;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Every clock change of the coming two years, in every zone that has any. What is expected is found by walking over
 * instants, minute by minute, and looking at the wall clock: which instants show a time of the grid, and at which the house
 * is open.
 */
class ClockChangesTest {

    private static final Instant NOW = Instant.now();
    private static final Instant TWO_YEARS_ON = NOW.plus(Duration.ofDays(2 * 365));

    private final RunningWorker worker = RunningWorker.shared();
    private final Map<RequestMessage, String> expected = new LinkedHashMap<>();
    private int partition = 0;

    @Test
    void a_house_that_never_closes_seats_a_party_at_every_slot_around_a_clock_change_and_at_no_other_time() {
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            ZoneId zone = ZoneId.of(id);
            List<ZoneOffsetTransition> changes = changes(zone);
            if (changes.isEmpty()) {
                continue;
            }
            long house = worker.add(aRestaurant()
                            .in(id)
                            .withTables(2)
                            .slotEvery(30)
                            .turn(30)
                            .buffer(0)
                            .horizon(1000))
                    .id();
            for (ZoneOffsetTransition change : changes) {
                for (int minutes = -45; minutes <= 75; minutes += 15) {
                    Instant start = minutesAfter(change.getInstant(), minutes);
                    LocalTime shown = LocalTime.ofInstant(start, zone);
                    ask(house, start, shown.getMinute() % 30 == 0 ? "confirmed" : "off_slot_grid");
                }
            }
            partition++;
        }

        check();
        assertThat(expected).hasSizeGreaterThan(5000);
    }

    @Test
    void hours_that_a_clock_change_cuts_or_stretches_are_open_exactly_while_the_clock_says_so() {
        Set<List<ZoneOffsetTransition>> seen = new HashSet<>();
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            List<ZoneOffsetTransition> changes = changes(ZoneId.of(id));
            // Zones whose clocks change alike are one for this.
            if (!changes.isEmpty() && seen.add(changes)) {
                askAtNight(ZoneId.of(id), changes, List.of(LocalTime.of(0, 0), LocalTime.of(2, 30)));
                askAtNight(ZoneId.of(id), changes, List.of(LocalTime.of(1, 30), LocalTime.of(4, 0)));
                askAtNight(
                        ZoneId.of(id),
                        changes,
                        List.of(LocalTime.of(22, 30), LocalTime.of(0, 45), LocalTime.of(2, 15), LocalTime.of(3, 15)));
                partition++;
            }
        }

        check();
        assertThat(expected.values()).contains("confirmed", "closed", "off_slot_grid");
    }

    private void askAtNight(ZoneId zone, List<ZoneOffsetTransition> changes, List<LocalTime> hours) {
        var restaurant = aRestaurant()
                .in(zone.getId())
                .withTables(2, 2, 2)
                .slotEvery(30)
                .turn(45)
                .buffer(0)
                .horizon(1000);
        for (int i = 0; i < hours.size(); i += 2) {
            restaurant.open(hours.get(i).toString(), hours.get(i + 1).toString());
        }
        long house = worker.add(restaurant).id();
        for (ZoneOffsetTransition change : changes) {
            Set<Instant> open = open(zone, change.getInstant(), hours);
            for (int minutes = -180; minutes <= 180; minutes += 15) {
                Instant start = minutesAfter(change.getInstant(), minutes);
                boolean covered = true;
                for (int minute = 0; minute < 45; minute++) {
                    covered &= open.contains(minutesAfter(start, minute));
                }
                boolean onGrid = LocalTime.ofInstant(start, zone).getMinute() % 30 == 0;
                ask(house, start, covered ? onGrid ? "confirmed" : "off_slot_grid" : "closed");
            }
        }
    }

    /** The minutes at which it is open: from when the clock first reaches an opening, to when it last shows a time before the closing. */
    private static Set<Instant> open(ZoneId zone, Instant change, List<LocalTime> hours) {
        Map<Instant, LocalDateTime> shown = new LinkedHashMap<>();
        for (int minute = -1800; minute < 1800; minute++) {
            Instant time = minutesAfter(change, minute);
            shown.put(time, LocalDateTime.ofInstant(time, zone));
        }
        Set<Instant> open = new HashSet<>();
        LocalDate today = LocalDate.ofInstant(change, zone);
        for (LocalDate day : List.of(today.minusDays(1), today, today.plusDays(1))) {
            for (int i = 0; i < hours.size(); i += 2) {
                LocalTime closing = hours.get(i + 1);
                LocalDate closingDay = closing.isAfter(hours.get(i)) ? day : day.plusDays(1);
                open.addAll(between(shown, day.atTime(hours.get(i)), closingDay.atTime(closing)));
            }
        }
        return open;
    }

    private static List<Instant> between(Map<Instant, LocalDateTime> shown, LocalDateTime opens, LocalDateTime closes) {
        List<Instant> sinceOpening = new ArrayList<>();
        int last = 0;
        for (Map.Entry<Instant, LocalDateTime> minute : shown.entrySet()) {
            if (!sinceOpening.isEmpty() || !minute.getValue().isBefore(opens)) {
                sinceOpening.add(minute.getKey());
                if (minute.getValue().isBefore(closes)) {
                    last = sinceOpening.size();
                }
            }
        }
        return sinceOpening.subList(0, last);
    }

    private static List<ZoneOffsetTransition> changes(ZoneId zone) {
        List<ZoneOffsetTransition> changes = new ArrayList<>();
        // A day on, so that none of what is asked for has passed.
        ZoneOffsetTransition next = zone.getRules().nextTransition(NOW.plus(Duration.ofDays(1)));
        while (next != null && next.getInstant().isBefore(TWO_YEARS_ON)) {
            changes.add(next);
            next = zone.getRules().nextTransition(next.getInstant());
        }
        return changes;
    }

    private void ask(long house, Instant start, String outcome) {
        expected.put(worker.placeOn(partition % 12, RequestId.create(), aTable(house, start, 2)), outcome);
    }

    private void check() {
        expected.forEach((request, outcome) -> assertThat(
                        switch (worker.events.of(request)) {
                            case BookingConfirmed confirmed -> "confirmed";
                            case BookingRejected refused -> refused.reason();
                            default -> throw new AssertionError(request);
                        })
                .as("%s", request)
                .isEqualTo(outcome));
    }
}
