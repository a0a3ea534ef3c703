package io.headwaiter.rules;

import org.jspecify.annotations.Nullable;

/**
 * The booking has another status.
 *
 * @param held the table's time that it takes from now on; null when it takes none
 */
public record StatusChanged(BookingStatus status, @Nullable Interval held) implements Decision {}
