package io.headwaiter.schemas;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code booking.change_status}: the house's own people say that a party sat down, left, or never came, or take that back.
 *
 * @param status {@code confirmed}, {@code seated}, {@code completed} or {@code no_show}
 * @param ifVersion only while the reservation has one of these versions; null: whatever it has
 */
public record ChangeStatus(
        @Min(value = 1, message = "restaurant_id_invalid") long restaurantId,
        @Min(value = 1, message = "partner_id_invalid") long partnerId,
        @Min(value = 1, message = "reservation_id_invalid") long reservationId,
        @NotNull(message = "status_invalid")
                @Pattern(regexp = "^(?:confirmed|seated|completed|no_show)$", message = "status_invalid")
                @Nullable
                String status,
        @Size(min = 1, max = 20, message = "if_version_invalid") @Nullable
                List<@NotNull(message = "if_version_invalid") @Min(value = 1, message = "if_version_invalid") Integer>
                        ifVersion)
        implements Request {

    public static final String TYPE = "booking.change_status";

    @Override
    public String type() {
        return TYPE;
    }
}
