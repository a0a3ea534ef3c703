package io.headwaiter.rules;

import org.jspecify.annotations.Nullable;

/**
 * A booking as it stands. From the tables {@code reservations} and {@code table_occupancy}.
 *
 * @param held the table's time that it takes, the buffer included; null when it takes none any more
 */
public record Booking(int guests, long tableId, Interval stay, BookingStatus status, @Nullable Interval held) {}
