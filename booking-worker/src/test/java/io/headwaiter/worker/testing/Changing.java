package io.headwaiter.worker.testing;

import static io.headwaiter.worker.testing.Asking.PARTNER;

import io.headwaiter.schemas.BlockTable;
import io.headwaiter.schemas.CancelBooking;
import io.headwaiter.schemas.ChangeStatus;
import io.headwaiter.schemas.MoveBooking;
import io.headwaiter.schemas.RequestMessage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Changes of what is booked, said shortly. */
public final class Changing {

    private Changing() {}

    public static MoveBooking move(
            long restaurant, long reservation, @Nullable Instant date, @Nullable Integer guests, @Nullable Long table) {
        return new MoveBooking(restaurant, PARTNER, reservation, date, guests, table, null, null, null, null);
    }

    public static CancelBooking cancel(long restaurant, long reservation) {
        return new CancelBooking(restaurant, PARTNER, reservation, null, null, null, null, null);
    }

    /** By the house's own people. */
    public static CancelBooking cancelByStaff(long restaurant, long reservation, String reason) {
        return new CancelBooking(restaurant, 1, reservation, null, null, reason, null, true);
    }

    public static CancelBooking withdraw(RequestMessage placed) {
        return new CancelBooking(
                placed.asked().restaurantId(),
                PARTNER,
                null,
                placed.id().toString(),
                placed.fingerprint().hex(),
                null,
                null,
                null);
    }

    public static ChangeStatus status(long restaurant, long reservation, String status) {
        return new ChangeStatus(restaurant, PARTNER, reservation, status, null);
    }

    public static BlockTable block(long restaurant, long table, Instant from, Instant to) {
        return new BlockTable(restaurant, PARTNER, table, from, to, "Painters");
    }
}
