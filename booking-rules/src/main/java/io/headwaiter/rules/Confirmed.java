package io.headwaiter.rules;

/**
 * The party has the table.
 *
 * @param stay while it sits there
 * @param occupancy while nobody else may: the stay and the buffer after it
 */
public record Confirmed(DiningTable table, Interval stay, Interval occupancy) implements Decision {}
