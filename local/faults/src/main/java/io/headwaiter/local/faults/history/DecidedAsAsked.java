package io.headwaiter.local.faults.history;

import io.headwaiter.local.faults.history.Entry.Call;
import io.headwaiter.local.faults.history.Entry.Published;
import io.headwaiter.local.faults.history.Entry.Stored;
import io.headwaiter.local.faults.history.Entry.StoredBooking;
import io.headwaiter.local.faults.history.Entry.Told;
import io.headwaiter.local.faults.history.Outcome.Booking;
import io.headwaiter.local.faults.history.Outcome.Done;
import io.headwaiter.local.faults.history.Outcome.Refused;
import io.headwaiter.local.faults.history.Ticket.Name;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is decided was asked for, and is what was asked for, be the caller told yes, no, come back, or nothing at all. */
final class DecidedAsAsked implements Checker {

    private record Reference(long restaurantId, String reference) {}

    @Override
    public Finding check(History history) {
        Violations wrong = new Violations("decisions on what nobody asked");
        Map<Name, Set<Asked>> asked = asked(history);
        Map<Reference, Asked> withoutKey = withoutKey(history);
        Map<Name, Long> made = made(history);
        for (Stored decision : history.all(Stored.class)) {
            if (!history.knows(decision.ticket().restaurantId())) {
                continue;
            }
            Published event =
                    history.published(decision.ticket()).stream().findFirst().orElse(null);
            Set<Asked> candidates = asked.get(decision.ticket().name());
            Asked unanswered = candidates == null ? withoutKey.get(reference(decision, event)) : null;
            if (candidates == null && unanswered == null) {
                wrong.add("nobody asked for %s", decision);
            } else if ((candidates == null ? Set.of(Objects.requireNonNull(unanswered)) : candidates)
                    .stream().noneMatch(one -> isAs(one, decision, event, made))) {
                wrong.add("%s were asked, and decided is %s: %s", candidates, decision, event);
            }
        }
        return wrong.found();
    }

    /** By the id of the request, as its key makes it or as its caller was told. */
    private static Map<Name, Set<Asked>> asked(History history) {
        Map<Name, Set<Asked>> asked = new HashMap<>();
        for (Call call : history.all(Call.class)) {
            if (call.request() != null) {
                asked.merge(new Name(call.restaurantId(), call.request()), Set.of(call.asked()), DecidedAsAsked::both);
            }
        }
        for (Told told : history.all(Told.class)) {
            if (told.ticket() != null && history.call(told).request() == null) {
                asked.merge(told.ticket().name(), Set.of(history.call(told).asked()), DecidedAsAsked::both);
            }
        }
        return asked;
    }

    private static Set<Asked> both(Set<Asked> some, Set<Asked> more) {
        if (some.containsAll(more)) {
            return some;
        }
        Set<Asked> both = new HashSet<>(some);
        both.addAll(more);
        return both;
    }

    /** A caller without a key who was told nothing is known by the reference of the booking. */
    private static Map<Reference, Asked> withoutKey(History history) {
        Map<Reference, Asked> asked = new HashMap<>();
        for (Call call : history.all(Call.class)) {
            if (call.request() == null && call.asked() instanceof Asked.Place place && place.reference() != null) {
                asked.put(new Reference(call.restaurantId(), place.reference()), place);
            }
        }
        return asked;
    }

    private static @Nullable Reference reference(Stored decision, @Nullable Published event) {
        String reference = null;
        if (decision.outcome() instanceof Done done) {
            reference = done.booking().reference();
        } else if (event != null && event.asked() != null) {
            reference = event.asked().reference();
        }
        return reference == null ? null : new Reference(decision.ticket().restaurantId(), reference);
    }

    /** The reservation that each request has made. */
    private static Map<Name, Long> made(History history) {
        Map<Name, Long> made = new HashMap<>();
        for (StoredBooking stored : history.all(StoredBooking.class)) {
            made.put(
                    new Name(stored.restaurantId(), stored.request()),
                    stored.booking().id());
        }
        return made;
    }

    private static boolean isAs(Asked asked, Stored decision, @Nullable Published event, Map<Name, Long> made) {
        if (!decision.kind().equals(kind(asked))) {
            return false;
        }
        if (decision.outcome() instanceof Done done) {
            return isDone(asked, done.booking(), made);
        }
        return decision.outcome() instanceof Refused
                && (event == null
                        || switch (asked) {
                            case Asked.Place place -> place.equals(event.asked());
                            case Asked.Move move -> isNamed(move.reservationId(), event);
                            case Asked.Cancel cancel -> isNamed(cancel.reservationId(), event);
                            case Asked.Status status -> isNamed(status.reservationId(), event);
                            case Asked.Withdraw withdraw -> true;
                        });
    }

    private static boolean isNamed(long reservation, Published event) {
        return Long.valueOf(reservation).equals(event.reservationId());
    }

    private static String kind(Asked asked) {
        return switch (asked) {
            case Asked.Place place -> "booking.place";
            case Asked.Move move -> "booking.move";
            case Asked.Cancel cancel -> "booking.cancel";
            case Asked.Withdraw withdraw -> "booking.cancel";
            case Asked.Status status -> "booking.change_status";
        };
    }

    private static boolean isDone(Asked asked, Booking booking, Map<Name, Long> made) {
        return switch (asked) {
            case Asked.Place place ->
                booking.version() == 1
                        && booking.status().equals("confirmed")
                        && booking.date().equals(place.date())
                        && booking.guests() == place.guests()
                        && isOrAny(place.tableId(), booking.tableId())
                        && Objects.equals(booking.reference(), place.reference());
            case Asked.Move move ->
                booking.id() == move.reservationId()
                        && isNext(move.ifVersion(), booking)
                        && isOrAny(move.date(), booking.date())
                        && isOrAny(move.guests(), booking.guests())
                        && isOrAny(move.tableId(), booking.tableId());
            case Asked.Cancel cancel ->
                booking.id() == cancel.reservationId()
                        && isNext(cancel.ifVersion(), booking)
                        && booking.status().equals("cancelled");
            case Asked.Withdraw withdraw ->
                booking.status().equals("cancelled")
                        && Long.valueOf(booking.id())
                                .equals(made.get(withdraw.request().name()));
            case Asked.Status status ->
                booking.id() == status.reservationId() && booking.status().equals(status.status());
        };
    }

    private static boolean isNext(@Nullable Integer version, Booking booking) {
        return version == null || booking.version() == version + 1;
    }

    private static boolean isOrAny(@Nullable Object wanted, Object given) {
        return wanted == null || wanted.equals(given);
    }
}
