package io.headwaiter.rules;

import org.jspecify.annotations.Nullable;

/**
 * A table that parties of {@code smallestParty} to {@code capacity} guests may have. The higher the priority, the
 * sooner it is given away. An inactive one is as good as not there. From the table {@code dining_tables}.
 */
public record DiningTable(
        long id, String name, @Nullable String area, int smallestParty, int capacity, int priority, boolean active) {

    public DiningTable {
        if (smallestParty < 1 || capacity < smallestParty) {
            throw new IllegalArgumentException("Table " + id + " must seat from 1 or more up to its capacity: "
                    + smallestParty + " to " + capacity);
        }
    }

    /** Whether a party of so many fits, be the table active or not. */
    public boolean seats(int guests) {
        return smallestParty <= guests && guests <= capacity;
    }
}
