package io.headwaiter.rules;

import java.util.List;

/**
 * The house has the table for itself.
 *
 * @param pieces of the time, in order, each as long as the longest occupancy at the most, so that nobody who looks for what is
 *     taken need look back farther
 */
public record Blocked(DiningTable table, List<Interval> pieces) implements Decision {

    public Blocked {
        pieces = List.copyOf(pieces);
    }
}
