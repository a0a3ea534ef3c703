package io.headwaiter.worker.testing;

import io.headwaiter.schemas.GuestDetails;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.RequestMessage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Requests, said shortly. */
public final class Asking {

    public static final long PARTNER = 7;

    /** Tomorrow at 18:00 UTC. */
    public static final Instant EVENING =
            Instant.now().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS).plus(18, ChronoUnit.HOURS);

    private Asking() {}

    /** Any table. */
    public static PlaceBooking aTable(long restaurant, Instant date, int guests) {
        return table(restaurant, null, date, guests);
    }

    public static PlaceBooking table(long restaurant, @Nullable Long table, Instant date, int guests) {
        return new PlaceBooking(restaurant, PARTNER, date, guests, table, null, null, null, null, null);
    }

    public static PlaceBooking by(GuestDetails guest, PlaceBooking asked) {
        return new PlaceBooking(
                asked.restaurantId(),
                PARTNER,
                asked.date(),
                asked.guests(),
                asked.tableId(),
                null,
                guest,
                "ref-1",
                "By the window",
                null);
    }

    public static PlaceBooking byClient(long client, PlaceBooking asked) {
        return new PlaceBooking(
                asked.restaurantId(),
                PARTNER,
                asked.date(),
                asked.guests(),
                asked.tableId(),
                client,
                null,
                null,
                null,
                null);
    }

    /** What a request asked, of one that asked for a table. */
    public static PlaceBooking placing(RequestMessage request) {
        return (PlaceBooking) request.asked();
    }

    public static Instant minutesAfter(Instant time, long minutes) {
        return time.plus(minutes, ChronoUnit.MINUTES);
    }
}
