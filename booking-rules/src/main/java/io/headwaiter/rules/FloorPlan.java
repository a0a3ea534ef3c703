package io.headwaiter.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A restaurant's rules and tables, as the database function {@code floor_plans} gives them, member by member.
 * Immutable, and quick to ask: what follows from the tables is worked out once, when the plan is made.
 *
 * @param slotStepMinutes parties sit down at multiples of this, in wall-clock minutes from local midnight
 * @param bufferMinutes a table stays free for so long after a party leaves
 * @param noticeMinutes a table must be asked for at least so long before
 * @param horizonDays a table may be asked for at most so many local calendar days ahead
 * @param cancellationDeadlineMinutes a booking must be cancelled, or moved, at least so long before, but by the house's own people
 * @param turnMinutes how long a party sits when {@code turnTimes} holds no row for it
 * @param assignmentPolicy how the house chooses a table; each criterion decides where those before it see no difference
 * @param longestOccupancyMinutes no occupancy here was ever longer. Never less than what the plan's own rules can make
 */
public record FloorPlan(
        long restaurantId,
        String name,
        ZoneId timeZone,
        int slotStepMinutes,
        int bufferMinutes,
        int noticeMinutes,
        int horizonDays,
        int cancellationDeadlineMinutes,
        int turnMinutes,
        List<AssignmentCriterion> assignmentPolicy,
        int longestOccupancyMinutes,
        List<TurnTime> turnTimes,
        List<WeeklyHours> openingHours,
        List<SpecialDay> specialDays,
        List<DiningTable> tables) {

    public FloorPlan {
        if (slotStepMinutes < 1
                || turnMinutes < 1
                || bufferMinutes < 0
                || noticeMinutes < 0
                || horizonDays < 0
                || cancellationDeadlineMinutes < 0) {
            throw new IllegalArgumentException("Restaurant " + restaurantId + " has a rule that is out of range");
        }
        assignmentPolicy = List.copyOf(assignmentPolicy);
        turnTimes = List.copyOf(turnTimes);
        openingHours = List.copyOf(openingHours);
        specialDays = specialDays.stream()
                .sorted(Comparator.comparing(SpecialDay::day))
                .toList();
        // A record has no fields but its components, so what is worked out beforehand lives in this list.
        tables = new Room(tables, assignmentPolicy);
        int longestTurn = turnTimes.stream().mapToInt(TurnTime::minutes).reduce(turnMinutes, Math::max);
        longestOccupancyMinutes = Math.max(longestOccupancyMinutes, longestTurn + bufferMinutes);
    }

    /** How long a party of so many sits: the turn time of the smallest row that holds it. */
    public Duration turnTime(int guests) {
        int partyUpTo = Integer.MAX_VALUE;
        int minutes = turnMinutes;
        for (TurnTime row : turnTimes) {
            if (guests <= row.partyUpTo() && row.partyUpTo() <= partyUpTo) {
                partyUpTo = row.partyUpTo();
                minutes = row.minutes();
            }
        }
        return Duration.ofMinutes(minutes);
    }

    /** While the party sits at the table. */
    public Interval stay(Instant start, int guests) {
        return new Interval(start, start.plus(turnTime(guests)));
    }

    /** While nobody else may have the table: the stay and the buffer after it. */
    public Interval occupancy(Instant start, int guests) {
        return withBuffer(stay(start, guests));
    }

    /** What a stay takes of its table. */
    public Interval withBuffer(Interval stay) {
        return new Interval(stay.start(), stay.end().plusSeconds(60L * bufferMinutes));
    }

    /** The table with that id, be it active or not. */
    public Optional<DiningTable> table(long id) {
        return room().table(id);
    }

    /**
     * The active tables that seat such a party, in the order in which the house gives them away as far as that does
     * not depend on what is taken: by its policy but {@code TIGHTEST_GAP}, then by id.
     */
    public List<DiningTable> tablesFor(int guests) {
        return room().tablesFor(guests);
    }

    /**
     * The head of {@link #tablesFor}: a party gets one of these while any of them is free, and which one depends on
     * nothing that is taken elsewhere. So many at least, if there are.
     */
    public List<DiningTable> firstChoices(int guests, int atLeast) {
        return room().firstChoices(guests, atLeast);
    }

    /** The first of {@link #tablesFor}: requests that compete for the same tables meet where this one's are decided. */
    public Optional<DiningTable> proposedTable(int guests) {
        List<DiningTable> seating = tablesFor(guests);
        return seating.isEmpty() ? Optional.empty() : Optional.of(seating.get(0));
    }

    public Duration longestOccupancy() {
        return Duration.ofMinutes(longestOccupancyMinutes);
    }

    /**
     * The occupancies that a decision on this one can depend on are those that start in this range: what overlaps it,
     * and what ends or starts within the longest occupancy of it, so that a gap is measured whole.
     */
    public Interval ledgerWindow(Interval occupancy) {
        Duration longest = longestOccupancy();
        return new Interval(
                occupancy.start().minus(longest.multipliedBy(2)),
                occupancy.end().plus(longest));
    }

    /** The same house, as if it had the tables of this area only; none when no table says that it stands there. */
    public FloorPlan inArea(String area) {
        return new FloorPlan(
                restaurantId,
                name,
                timeZone,
                slotStepMinutes,
                bufferMinutes,
                noticeMinutes,
                horizonDays,
                cancellationDeadlineMinutes,
                turnMinutes,
                assignmentPolicy,
                longestOccupancyMinutes,
                turnTimes,
                openingHours,
                specialDays,
                tables.stream().filter(table -> area.equals(table.area())).toList());
    }

    /** The occupancies that can overlap this one are those that start in this range. */
    public Interval overlapWindow(Interval occupancy) {
        return new Interval(occupancy.start().minus(longestOccupancy()), occupancy.end());
    }

    public int activeTables() {
        return room().activeTables();
    }

    Instant earliestStart(Instant now) {
        return now.plusSeconds(60L * noticeMinutes);
    }

    /** No table can be asked for a local date before this one: a clock set back past midnight shows yesterday again. */
    LocalDate firstDate(Instant now) {
        return LocalDate.ofInstant(now, timeZone).minusDays(1);
    }

    /** The last local date for which a table may be asked now. */
    LocalDate lastDate(Instant now) {
        return LocalDate.ofInstant(now, timeZone).plusDays(horizonDays);
    }

    boolean isBeyondHorizon(Instant start, Instant now) {
        // The farthest instants have no local date that Java can hold. Three days cover whatever a zone does to its
        // own.
        return start.isAfter(now.plus(Duration.ofDays(horizonDays + 3L)))
                || LocalDate.ofInstant(start, timeZone).isAfter(lastDate(now));
    }

    Room room() {
        return (Room) tables;
    }
}
