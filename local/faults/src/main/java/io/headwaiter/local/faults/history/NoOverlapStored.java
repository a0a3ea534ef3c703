package io.headwaiter.local.faults.history;

import io.headwaiter.local.faults.history.Entry.StoredBooking;
import io.headwaiter.local.faults.history.Entry.StoredTime;
import io.headwaiter.local.faults.history.Outcome.Booking;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** In the database, no table's time is taken twice, each party has the time that it was given, and nobody else has any. */
final class NoOverlapStored implements Checker {

    private record Party(long restaurantId, long reservationId) {}

    @Override
    public Finding check(History history) {
        Violations overlaps = new Violations("overlaps in the database");
        List<StoredTime> times = new ArrayList<>(history.all(StoredTime.class));
        times.sort(Comparator.comparingLong(StoredTime::restaurantId)
                .thenComparingLong(StoredTime::tableId)
                .thenComparing(StoredTime::from));
        StoredTime longest = null;
        for (StoredTime time : times) {
            if (longest != null && isOneTable(longest, time) && time.from().isBefore(longest.to())) {
                overlaps.add("%s and %s overlap", longest, time);
            }
            if (longest == null || !isOneTable(longest, time) || longest.to().isBefore(time.to())) {
                longest = time;
            }
        }
        eachHasItsOwn(history, times, overlaps);
        return overlaps.found();
    }

    private static boolean isOneTable(StoredTime one, StoredTime other) {
        return one.restaurantId() == other.restaurantId() && one.tableId() == other.tableId();
    }

    private static void eachHasItsOwn(History history, List<StoredTime> times, Violations overlaps) {
        Map<Party, StoredTime> held = new HashMap<>();
        for (StoredTime time : times) {
            if (time.reservationId() != null
                    && held.put(new Party(time.restaurantId(), time.reservationId()), time) != null) {
                overlaps.add("a reservation holds time twice: %s", time);
            }
        }
        for (StoredBooking stored : history.all(StoredBooking.class)) {
            Booking booking = stored.booking();
            StoredTime time = held.remove(new Party(stored.restaurantId(), booking.id()));
            if (booking.takesTime() ? !isOf(booking, end(history, stored), time) : time != null) {
                overlaps.add("%s is held for %s", time, booking);
            }
        }
        held.values().forEach(time -> overlaps.add("time is held for no reservation: %s", time));
    }

    private static Instant end(History history, StoredBooking stored) {
        return stored.booking().end().plus(history.buffer(stored.restaurantId()));
    }

    private static boolean isOf(Booking booking, Instant end, @Nullable StoredTime time) {
        return time != null
                && time.tableId() == booking.tableId()
                && time.from().equals(booking.date())
                && time.to().equals(end);
    }
}
