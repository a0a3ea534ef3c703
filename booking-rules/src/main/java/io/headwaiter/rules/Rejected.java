package io.headwaiter.rules;

import org.jspecify.annotations.Nullable;

/**
 * The party does not get a table.
 *
 * @param inTheWay for {@code TABLE_TAKEN} and {@code NO_TABLE_AVAILABLE}, the latest taken of what stood in the way;
 *     else null
 */
public record Rejected(RejectionReason reason, @Nullable Occupancy inTheWay) implements Decision {}
