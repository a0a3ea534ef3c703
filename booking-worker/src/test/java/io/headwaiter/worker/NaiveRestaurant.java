package io.headwaiter.worker;

import io.headwaiter.schemas.PlaceBooking;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * What a restaurant answers, worked out the plainest way: minute by minute, and by looking at every booking there is.
 * It shares no code with the worker, on purpose.
 */
final class NaiveRestaurant {

    record Table(long id, int smallestParty, int capacity, int priority) {}

    /** Minutes since 1970. */
    record Booking(long table, long from, long to) {}

    /** Of a weekday (Monday is 1), or of any day (0). {@code closes} at or before {@code opens} is on the next day. */
    record Open(int weekday, LocalTime opens, LocalTime closes) {}

    ZoneId zone = ZoneId.of("UTC");
    int step = 15;
    int buffer = 15;
    int notice = 0;
    int horizon = 400;
    /** 0: 90 minutes for up to 2 guests, 120 up to 6, 150 above. */
    int turn = 0;

    List<String> policy = List.of("smallest_table", "highest_priority", "tightest_gap");
    final List<Open> hours = new ArrayList<>();
    final Map<LocalDate, List<Open>> specialDays = new HashMap<>();
    final List<Table> tables = new ArrayList<>();
    final Set<Long> clients = new HashSet<>();
    private final List<Booking> bookings = new ArrayList<>();

    /** The table it gives, as text, or the reason why it gives none. */
    String decide(PlaceBooking asked, Instant now) {
        Instant start = asked.start();
        int guests = asked.guests();
        List<Table> seating = tables.stream()
                .filter(table -> table.smallestParty() <= guests && guests <= table.capacity())
                .toList();
        if (seating.isEmpty()) {
            return "party_size";
        }
        if (start.isBefore(now)) {
            return "in_the_past";
        }
        if (Duration.between(now, start).toMinutes() < notice) {
            return "too_soon";
        }
        LocalDate today = now.atZone(zone).toLocalDate();
        if (today.until(start.atZone(zone).toLocalDate()).toTotalMonths() > 0
                || start.atZone(zone).toLocalDate().toEpochDay() - today.toEpochDay() > horizon) {
            return "beyond_horizon";
        }
        int minutes = turn(guests);
        for (int minute = 0; minute < minutes; minute++) {
            if (!isOpen(start.plusSeconds(60L * minute))) {
                return "closed";
            }
        }
        // A stay that begins between two minutes ends between two.
        if (!isOpen(start.plusSeconds(60L * minutes).minusNanos(1))) {
            return "closed";
        }
        LocalTime time = start.atZone(zone).toLocalTime();
        if (time.toNanoOfDay() % (step * 60_000_000_000L) != 0) {
            return "off_slot_grid";
        }
        Table named = null;
        if (asked.tableId() != null) {
            named = tables.stream()
                    .filter(table -> table.id() == asked.tableId())
                    .findFirst()
                    .orElse(null);
            if (named == null) {
                return "table_unknown";
            }
            if (guests > named.capacity()) {
                return "table_too_small";
            }
            if (guests < named.smallestParty()) {
                return "table_too_large";
            }
        }
        if (asked.clientId() != null && !clients.contains(asked.clientId())) {
            return "client_unknown";
        }
        long from = start.getEpochSecond() / 60;
        long to = from + minutes + buffer;
        if (named != null) {
            return isFree(named, from, to) ? give(named, from, to) : "table_taken";
        }
        List<Table> free =
                seating.stream().filter(table -> isFree(table, from, to)).toList();
        return free.isEmpty() ? "no_table_available" : give(choose(free, from, to), from, to);
    }

    private int turn(int guests) {
        if (turn > 0) {
            return turn;
        }
        return guests <= 2 ? 90 : guests <= 6 ? 120 : 150;
    }

    private boolean isOpen(Instant time) {
        LocalDateTime local = LocalDateTime.ofInstant(time, zone);
        return isOpen(local, local.toLocalDate())
                || isOpen(local, local.toLocalDate().minusDays(1));
    }

    private boolean isOpen(LocalDateTime local, LocalDate day) {
        List<Open> today = specialDays.getOrDefault(
                day,
                hours.stream()
                        .filter(open -> open.weekday() == day.getDayOfWeek().getValue() || open.weekday() == 0)
                        .toList());
        for (Open open : today) {
            LocalDate closingDay = open.closes().isAfter(open.opens()) ? day : day.plusDays(1);
            if (!local.isBefore(day.atTime(open.opens())) && local.isBefore(closingDay.atTime(open.closes()))) {
                return true;
            }
        }
        return false;
    }

    private boolean isFree(Table table, long from, long to) {
        return bookings.stream()
                .noneMatch(booking -> booking.table() == table.id() && booking.from() < to && from < booking.to());
    }

    private String give(Table table, long from, long to) {
        bookings.add(new Booking(table.id(), from, to));
        return Long.toString(table.id());
    }

    private Table choose(List<Table> free, long from, long to) {
        List<Table> left = free;
        for (String criterion : policy) {
            ToLongFunction<Table> lower =
                    switch (criterion) {
                        case "smallest_table" -> Table::capacity;
                        case "highest_priority" -> table -> -table.priority();
                        case "tightest_gap" -> table -> gap(table, from, to);
                        default -> throw new IllegalArgumentException(criterion);
                    };
            long best = left.stream().mapToLong(lower).min().orElseThrow();
            left = left.stream()
                    .filter(table -> lower.applyAsLong(table) == best)
                    .toList();
        }
        return left.stream().min(Comparator.comparingLong(Table::id)).orElseThrow();
    }

    /** Free minutes before and after, each counted up to the longest time that a party can take. */
    private long gap(Table table, long from, long to) {
        long before = longest();
        long after = longest();
        for (Booking booking : bookings) {
            if (booking.table() == table.id()) {
                if (booking.to() <= from) {
                    before = Math.min(before, from - booking.to());
                } else {
                    after = Math.min(after, booking.from() - to);
                }
            }
        }
        return before + after;
    }

    private long longest() {
        // A restaurant without turn times of its own still has the standard ones of the fixture.
        return (turn > 0 ? turn : 150L) + buffer;
    }
}
