package io.headwaiter.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * A week on a wall clock, one look a minute, around a local date. It asks the zone one thing only, what the clock shows
 * at an instant, and finds out by walking what the rules work out from transitions.
 */
final class WallClockWalk {

    private static final int MINUTES = 8 * 24 * 60;

    private final LocalDate date;
    private final Instant from;
    private final LocalDateTime[] shows = new LocalDateTime[MINUTES];
    private final IdentityHashMap<FloorPlan, boolean[]> open = new IdentityHashMap<>();

    WallClockWalk(ZoneId zone, LocalDate date) {
        this.date = date;
        from = date.minusDays(4).atStartOfDay().toInstant(ZoneOffset.UTC);
        for (int i = 0; i < MINUTES; i++) {
            shows[i] = LocalDateTime.ofInstant(at(i), zone);
        }
    }

    /** The minutes of the date at which the clock shows a multiple of the step. */
    List<Instant> slots(int stepMinutes) {
        List<Instant> slots = new ArrayList<>();
        for (int i = 0; i < MINUTES; i++) {
            boolean onGrid = shows[i].toLocalTime().toSecondOfDay() % (60 * stepMinutes) == 0;
            if (onGrid && shows[i].toLocalDate().equals(date)) {
                slots.add(at(i));
            }
        }
        return slots;
    }

    /** Every minute of the date. */
    List<Instant> minutes() {
        return slots(1);
    }

    /** Whether the house is open in every minute of the stay. Right for stays that touch the date. */
    boolean open(FloorPlan plan, Interval stay) {
        boolean[] openMinutes = open.computeIfAbsent(plan, this::openMinutes);
        for (Instant minute = stay.start(); minute.isBefore(stay.end()); minute = minute.plusSeconds(60)) {
            if (!openMinutes[(int) ((minute.getEpochSecond() - from.getEpochSecond()) / 60)]) {
                return false;
            }
        }
        return true;
    }

    private boolean[] openMinutes(FloorPlan plan) {
        boolean[] minutes = new boolean[MINUTES];
        for (LocalDate day = date.minusDays(3); !day.isAfter(date.plusDays(3)); day = day.plusDays(1)) {
            if (!isEverShown(day)) {
                continue;
            }
            for (Hours hours : hours(plan, day)) {
                boolean nextDay = hours.opens().compareTo(hours.closes()) >= 0;
                int closes = lastShowing(day.plusDays(nextDay ? 1 : 0).atTime(hours.closes()));
                for (int i = firstShowing(day.atTime(hours.opens())); i < closes; i++) {
                    minutes[i] = true;
                }
            }
        }
        return minutes;
    }

    private static List<Hours> hours(FloorPlan plan, LocalDate day) {
        for (SpecialDay special : plan.specialDays()) {
            if (special.day().equals(day)) {
                return special.hours();
            }
        }
        return plan.openingHours().stream()
                .filter(weekly -> weekly.weekday() == day.getDayOfWeek().getValue())
                .map(weekly -> new Hours(weekly.opens(), weekly.closes()))
                .toList();
    }

    private boolean isEverShown(LocalDate day) {
        for (LocalDateTime time : shows) {
            if (time.toLocalDate().equals(day)) {
                return true;
            }
        }
        return false;
    }

    private int firstShowing(LocalDateTime time) {
        for (int i = 0; i < MINUTES; i++) {
            if (shows[i].equals(time)) {
                return i;
            }
        }
        return firstPast(time);
    }

    private int lastShowing(LocalDateTime time) {
        for (int i = MINUTES - 1; i >= 0; i--) {
            if (shows[i].equals(time)) {
                return i;
            }
        }
        return firstPast(time);
    }

    private int firstPast(LocalDateTime time) {
        for (int i = 0; i < MINUTES; i++) {
            if (shows[i].isAfter(time)) {
                return i;
            }
        }
        return MINUTES;
    }

    private Instant at(int minute) {
        return from.plusSeconds(60L * minute);
    }
}
