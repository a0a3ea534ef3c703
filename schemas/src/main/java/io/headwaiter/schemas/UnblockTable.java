package io.headwaiter.schemas;

import jakarta.validation.constraints.Min;

/** {@code table.unblock}: the house gives back what it kept for itself. */
public record UnblockTable(
        @Min(value = 1, message = "restaurant_id_invalid") long restaurantId,
        @Min(value = 1, message = "partner_id_invalid") long partnerId,
        @Min(value = 1, message = "block_id_invalid") long blockId)
        implements Request {

    public static final String TYPE = "table.unblock";

    @Override
    public String type() {
        return TYPE;
    }
}
