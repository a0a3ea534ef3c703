package io.headwaiter.local.faults.history;

import io.headwaiter.local.faults.history.Entry.Published;
import io.headwaiter.local.faults.history.Entry.StoredBooking;
import io.headwaiter.local.faults.history.Outcome.Booking;
import io.headwaiter.local.faults.history.Outcome.Done;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The events have each version of a reservation once, from 1 on, and the last of them is what is stored. */
final class VersionsWithoutGap implements Checker {

    private record Name(long restaurantId, long reservationId) {}

    @Override
    public Finding check(History history) {
        Violations gaps = new Violations("reservations with a gap in their versions");
        Map<Name, List<Booking>> versions = new HashMap<>();
        for (List<Published> copies : history.published().values()) {
            Published event = copies.getFirst();
            if (event.outcome() instanceof Done done) {
                versions.computeIfAbsent(
                                new Name(
                                        event.ticket().restaurantId(),
                                        done.booking().id()),
                                name -> new ArrayList<>(2))
                        .add(done.booking());
            }
        }
        for (StoredBooking stored : history.all(StoredBooking.class)) {
            Name name = new Name(stored.restaurantId(), stored.booking().id());
            List<Booking> published = versions.remove(name);
            if (published == null) {
                gaps.add("no event is about %s", stored);
            } else {
                published.sort(Comparator.comparingInt(Booking::version));
                check(stored, published, gaps);
            }
        }
        versions.forEach((name, published) -> gaps.add("nothing is stored of %s: %s", name, published));
        return gaps.found();
    }

    private static void check(StoredBooking stored, List<Booking> published, Violations gaps) {
        List<Integer> numbers = published.stream().map(Booking::version).toList();
        if (!numbers.equals(
                IntStream.rangeClosed(1, stored.booking().version()).boxed().toList())) {
            gaps.add("the events have the versions %s of %s", numbers, stored);
        } else if (!published.getLast().equals(stored.booking())) {
            gaps.add("the last version is %s in the events, but %s", published.getLast(), stored);
        }
    }
}
