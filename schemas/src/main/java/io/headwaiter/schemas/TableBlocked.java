package io.headwaiter.schemas;

/** {@code table.blocked}: the house keeps a table for itself. */
public record TableBlocked(String requestId, long restaurantId, long partnerId, BlockFacts block)
        implements BookingEvent {

    public static final String TYPE = "table.blocked";

    @Override
    public String type() {
        return TYPE;
    }
}
