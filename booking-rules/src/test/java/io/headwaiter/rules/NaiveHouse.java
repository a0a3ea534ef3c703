package io.headwaiter.rules;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The rules once more, as slowly and plainly as can be: every reason that holds is collected and the first declared
 * counts, every gap is walked minute by minute, what is taken is a list. Times must be whole minutes.
 */
final class NaiveHouse {

    private final FloorPlan plan;
    private final List<Occupancy> taken;

    NaiveHouse(FloorPlan plan, List<Occupancy> taken) {
        this.plan = plan;
        this.taken = taken;
    }

    Decision decide(Ask ask, Instant now, boolean clientKnown, WallClockWalk walk) {
        Interval stay = new Interval(ask.start(), ask.start().plusSeconds(60L * turn(ask.guests())));
        Interval wanted = new Interval(stay.start(), stay.end().plusSeconds(60L * plan.bufferMinutes()));
        List<DiningTable> seating = new ArrayList<>();
        List<DiningTable> free = new ArrayList<>();
        for (DiningTable table : plan.tables()) {
            boolean fits = table.smallestParty() <= ask.guests() && ask.guests() <= table.capacity();
            if (table.active() && fits) {
                seating.add(table);
                if (inTheWay(List.of(table), wanted).isEmpty()) {
                    free.add(table);
                }
            }
        }
        DiningTable named = plan.tables().stream()
                .filter(table -> ask.tableId() != null && table.id() == ask.tableId() && table.active())
                .findFirst()
                .orElse(null);

        Set<RejectionReason> reasons = EnumSet.noneOf(RejectionReason.class);
        if (!clientKnown) {
            reasons.add(RejectionReason.CLIENT_UNKNOWN);
        }
        if (ask.tableId() == null && free.isEmpty()) {
            reasons.add(RejectionReason.NO_TABLE_AVAILABLE);
        }
        if (ask.tableId() != null && named == null) {
            reasons.add(RejectionReason.TABLE_UNKNOWN);
        }
        if (named != null && ask.guests() > named.capacity()) {
            reasons.add(RejectionReason.TABLE_TOO_SMALL);
        }
        if (named != null && ask.guests() < named.smallestParty()) {
            reasons.add(RejectionReason.TABLE_TOO_LARGE);
        }
        if (named != null && !inTheWay(List.of(named), wanted).isEmpty()) {
            reasons.add(RejectionReason.TABLE_TAKEN);
        }
        if (seating.isEmpty()) {
            reasons.add(RejectionReason.PARTY_SIZE);
        }
        LocalDateTime local = LocalDateTime.ofInstant(ask.start(), plan.timeZone());
        if (local.toLocalTime().toSecondOfDay() % (60 * plan.slotStepMinutes()) != 0) {
            reasons.add(RejectionReason.OFF_SLOT_GRID);
        }
        if (!walk.open(plan, stay)) {
            reasons.add(RejectionReason.CLOSED);
        }
        LocalDate today = LocalDateTime.ofInstant(now, plan.timeZone()).toLocalDate();
        if (local.toLocalDate().toEpochDay() - today.toEpochDay() > plan.horizonDays()) {
            reasons.add(RejectionReason.BEYOND_HORIZON);
        }
        long secondsAhead = ask.start().getEpochSecond() - now.getEpochSecond();
        if (secondsAhead < 60L * plan.noticeMinutes()) {
            reasons.add(RejectionReason.TOO_SOON);
        }
        if (secondsAhead < 0) {
            reasons.add(RejectionReason.IN_THE_PAST);
        }

        if (reasons.isEmpty()) {
            return new Confirmed(named != null ? named : best(free, wanted), stay, wanted);
        }
        RejectionReason first = reasons.iterator().next();
        return switch (first) {
            case TABLE_TAKEN -> new Rejected(first, latest(inTheWay(List.of(named), wanted)));
            case NO_TABLE_AVAILABLE -> noneOf(seating, wanted);
            default -> new Rejected(first, null);
        };
    }

    private int turn(int guests) {
        for (int party = guests; party <= 20; party++) {
            for (TurnTime row : plan.turnTimes()) {
                if (row.partyUpTo() == party) {
                    return row.minutes();
                }
            }
        }
        return plan.turnMinutes();
    }

    /** Of each transaction the one at the table of first choice, as far as that does not depend on what is taken. */
    private Rejected noneOf(List<DiningTable> seating, Interval wanted) {
        List<Occupancy> named = new ArrayList<>();
        Comparator<DiningTable> order = comparingInt(unused -> 0);
        for (AssignmentCriterion criterion : plan.assignmentPolicy()) {
            order = switch (criterion) {
                case SMALLEST_TABLE -> order.thenComparingInt(DiningTable::capacity);
                case HIGHEST_PRIORITY -> order.thenComparingInt(table -> -table.priority());
                case TIGHTEST_GAP -> order;
            };
        }
        seating.stream()
                .sorted(order.thenComparingLong(DiningTable::id))
                .map(table -> latest(inTheWay(List.of(table), wanted)))
                .filter(o -> named.stream().noneMatch(other -> other.takenBy() == o.takenBy()))
                .forEach(named::add);
        Occupancy latest = latest(inTheWay(seating, wanted));
        named.removeIf(o -> o.takenBy() == latest.takenBy());
        return new Rejected(RejectionReason.NO_TABLE_AVAILABLE, latest, named);
    }

    private List<Occupancy> inTheWay(List<DiningTable> tables, Interval wanted) {
        return taken.stream()
                .filter(o -> tables.stream().anyMatch(table -> table.id() == o.tableId()))
                .filter(o -> o.end().compareTo(wanted.start()) > 0 && o.start().compareTo(wanted.end()) < 0)
                .toList();
    }

    private static Occupancy latest(List<Occupancy> occupancies) {
        return occupancies.stream().max(comparingLong(Occupancy::takenBy)).orElseThrow();
    }

    private DiningTable best(List<DiningTable> free, Interval wanted) {
        Comparator<DiningTable> order = comparingInt(unused -> 0);
        for (AssignmentCriterion criterion : plan.assignmentPolicy()) {
            order = switch (criterion) {
                case SMALLEST_TABLE -> order.thenComparingInt(DiningTable::capacity);
                case HIGHEST_PRIORITY -> order.thenComparingInt(table -> -table.priority());
                case TIGHTEST_GAP -> order.thenComparingInt(table -> freeMinutesAround(table, wanted));
            };
        }
        return free.stream().min(order.thenComparingLong(DiningTable::id)).orElseThrow();
    }

    private int freeMinutesAround(DiningTable table, Interval wanted) {
        int minutes = 0;
        for (int i = 1;
                i <= plan.longestOccupancyMinutes()
                        && isFree(table, wanted.start().plusSeconds(-60L * i));
                i++) {
            minutes++;
        }
        for (int i = 0;
                i < plan.longestOccupancyMinutes() && isFree(table, wanted.end().plusSeconds(60L * i));
                i++) {
            minutes++;
        }
        return minutes;
    }

    private boolean isFree(DiningTable table, Instant minute) {
        return inTheWay(List.of(table), new Interval(minute, minute.plusSeconds(60)))
                .isEmpty();
    }
}
