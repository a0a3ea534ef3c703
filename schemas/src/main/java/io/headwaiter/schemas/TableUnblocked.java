package io.headwaiter.schemas;

/** {@code table.unblocked}: the table can be booked again. */
public record TableUnblocked(String requestId, long restaurantId, long partnerId, BlockFacts block)
        implements BookingEvent {

    public static final String TYPE = "table.unblocked";

    @Override
    public String type() {
        return TYPE;
    }
}
