package io.headwaiter.rules;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;

/** A plan's list of tables, which also knows them by id, and by party size in the order they are given away. */
final class Room extends AbstractList<DiningTable> implements RandomAccess {

    private final List<DiningTable> tables;
    private final Map<Long, DiningTable> byId = new HashMap<>();
    private final List<DiningTable> active;
    /** {@code byPartySize[guests]} are the active tables that seat them, in the house's order. */
    private final List<List<DiningTable>> byPartySize = new ArrayList<>();

    private final boolean gapsCount;
    private final List<AssignmentCriterion> beforeGaps;

    Room(List<DiningTable> tables, List<AssignmentCriterion> policy) {
        this.tables = List.copyOf(tables);
        for (DiningTable table : this.tables) {
            if (byId.put(table.id(), table) != null) {
                throw new IllegalArgumentException("Two tables have the id " + table.id());
            }
        }
        int gap = policy.indexOf(AssignmentCriterion.TIGHTEST_GAP);
        gapsCount = gap >= 0;
        beforeGaps = List.copyOf(policy.subList(0, Math.max(gap, 0)));
        Comparator<DiningTable> byPolicy = (one, other) -> compare(policy, one, other);
        active = this.tables.stream()
                .filter(DiningTable::active)
                .sorted(byPolicy.thenComparingLong(DiningTable::id))
                .toList();
        int largest = active.stream().mapToInt(DiningTable::capacity).max().orElse(0);
        for (int guests = 0; guests <= largest; guests++) {
            int party = guests;
            byPartySize.add(active.stream().filter(table -> table.seats(party)).toList());
        }
    }

    Optional<DiningTable> table(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    List<DiningTable> tablesFor(int guests) {
        return guests < 0 || guests >= byPartySize.size() ? List.of() : byPartySize.get(guests);
    }

    List<DiningTable> firstChoices(int guests, int atLeast) {
        List<DiningTable> seating = tablesFor(guests);
        int end = Math.min(atLeast, seating.size());
        while (end > 0 && end < seating.size() && !tellsApart(seating.get(end - 1), seating.get(end))) {
            end++;
        }
        return seating.subList(0, end);
    }

    int activeTables() {
        return active.size();
    }

    /** Whether the house prefers one of the two whatever is taken, so that no gap need be measured. */
    boolean tellsApart(DiningTable one, DiningTable other) {
        return !gapsCount || compare(beforeGaps, one, other) != 0;
    }

    /** By the criteria that look at nothing but the tables. */
    private static int compare(List<AssignmentCriterion> criteria, DiningTable one, DiningTable other) {
        for (int i = 0; i < criteria.size(); i++) {
            int difference =
                    switch (criteria.get(i)) {
                        case SMALLEST_TABLE -> Integer.compare(one.capacity(), other.capacity());
                        case HIGHEST_PRIORITY -> Integer.compare(other.priority(), one.priority());
                        case TIGHTEST_GAP -> 0;
                    };
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    @Override
    public DiningTable get(int index) {
        return tables.get(index);
    }

    @Override
    public int size() {
        return tables.size();
    }
}
