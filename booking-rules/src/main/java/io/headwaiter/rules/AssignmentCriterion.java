package io.headwaiter.rules;

/** What a house goes by when it chooses a table. Each decides only when it tells two free tables apart. */
public enum AssignmentCriterion {
    /** The table with the smallest capacity first, so that large ones stay free for large parties. */
    SMALLEST_TABLE,
    /** The table with the highest priority first. */
    HIGHEST_PRIORITY,
    /** The table with the least free time left around the party first, so that long stretches stay whole. */
    TIGHTEST_GAP
}
