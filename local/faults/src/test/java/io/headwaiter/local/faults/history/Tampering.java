package io.headwaiter.local.faults.history;

import io.headwaiter.local.faults.history.Entry.Call;
import io.headwaiter.local.faults.history.Entry.DeadLetter;
import io.headwaiter.local.faults.history.Entry.Delivered;
import io.headwaiter.local.faults.history.Entry.Published;
import io.headwaiter.local.faults.history.Entry.Stored;
import io.headwaiter.local.faults.history.Entry.StoredBooking;
import io.headwaiter.local.faults.history.Entry.StoredTime;
import io.headwaiter.local.faults.history.Entry.Told;
import io.headwaiter.local.faults.history.Outcome.Booking;
import io.headwaiter.local.faults.history.Outcome.Done;
import io.headwaiter.local.faults.history.Outcome.InTheWay;
import io.headwaiter.local.faults.history.Outcome.Refused;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Changes the history of a real run in one place, once for each guarantee, such that it did not hold. */
public final class Tampering {

    private static final Refused CLOSED = new Refused("closed", null);

    private final List<Entry> recorded;

    private Tampering(Path file) {
        this.recorded = JsonLines.read(file);
    }

    /** The guarantees that seem to hold though they were broken. */
    public static List<String> unnoticed(Path file) {
        return new Tampering(file).unnoticed();
    }

    private List<String> unnoticed() {
        List<String> unnoticed = new ArrayList<>(Verdict.on(History.of(recorded)).findings().stream()
                .map(Finding::guarantee)
                .toList());
        tamperings().forEach((guarantee, tampering) -> {
            List<Entry> entries = new ArrayList<>(recorded);
            tampering.accept(entries);
            Verdict.on(History.of(entries)).findings().stream()
                    .filter(finding -> finding.guarantee().equals(guarantee) && !finding.holds())
                    .forEach(finding -> unnoticed.remove(guarantee));
        });
        return unnoticed;
    }

    private Map<String, Consumer<List<Entry>>> tamperings() {
        Stored refusal = first(Stored.class, stored -> stored.outcome() instanceof Refused);
        Published event = first(Published.class, published -> published.outcome() instanceof Done);
        Published taken = first(
                Published.class,
                published -> published.outcome() instanceof Refused refused && refused.inTheWay() != null);
        StoredTime time = first(StoredTime.class, any -> true);
        StoredBooking standing = first(
                StoredBooking.class,
                stored -> stored.booking().takesTime() && stored.booking().version() == 1);
        Told told = first(Told.class, answer -> answer.outcome() instanceof Done);
        Call call = first(Call.class, asked -> asked.id() == told.call());
        Map<String, Consumer<List<Entry>>> all = new LinkedHashMap<>();
        all.put("acknowledged requests that were lost", entries -> {
            Ticket ticket = first(Told.class, Told::isAcknowledged).ticket();
            entries.removeIf(
                    entry -> entry instanceof Stored stored && stored.ticket().equals(ticket));
        });
        all.put(
                "requests decided twice",
                entries -> entries.add(
                        new StoredBooking(standing.restaurantId(), standing.request(), other(standing.booking(), 1))));
        all.put(
                "overlaps in the database",
                entries -> entries.add(new StoredTime(
                        time.restaurantId(), time.tableId(), time.to().minusSeconds(1), time.to(), null, 1L)));
        all.put("overlaps by the events alone", entries -> {
            Published made = first(
                    Published.class,
                    published -> published.outcome() instanceof Done done
                            && published.ticket().restaurantId() == standing.restaurantId()
                            && done.booking().id() == standing.booking().id());
            Ticket nobodys = new Ticket(standing.restaurantId(), new UUID(0, 1), new UUID(0, 1));
            entries.add(published(made, nobodys, new Done(other(standing.booking(), 1)), made.digest()));
        });
        all.put(
                "decisions without an event",
                entries -> entries.removeIf(entry -> entry instanceof Published published
                        && published.ticket().equals(refusal.ticket())));
        all.put(
                "events with differing bytes",
                entries -> replace(
                        entries, event, published(event, event.ticket(), event.outcome(), new Digest(1, 2, 3, 4))));
        all.put("events without a decision", entries -> entries.remove(refusal));
        all.put(
                "answers that are not what was decided",
                entries -> replace(
                        entries,
                        told,
                        new Told(told.call(), told.at(), told.polled(), 409, told.ticket(), CLOSED, "closed", false)));
        all.put("webhooks missing, or not what was decided", entries -> {
            Delivered sent = first(Delivered.class, any -> true);
            entries.removeIf(
                    entry -> entry instanceof Delivered copy && copy.eventId().equals(sent.eventId()));
        });
        all.put(
                "retries answered otherwise than the first call",
                entries -> entries.replaceAll(entry -> entry instanceof Call keyed && keyed.key() != null
                        ? new Call(
                                keyed.id(),
                                keyed.restaurantId(),
                                "one key for all",
                                keyed.request(),
                                new Asked.Cancel(1, null),
                                keyed.at(),
                                keyed.gateway())
                        : entry));
        // All of them, since one may be a retry of another.
        all.put(
                "decisions on what nobody asked",
                entries -> entries.replaceAll(entry -> entry instanceof Call any
                                && any.asked() instanceof Asked.Place place
                        ? new Call(
                                any.id(),
                                any.restaurantId(),
                                any.key(),
                                any.request(),
                                new Asked.Place(place.date(), place.guests() + 7, place.tableId(), place.reference()),
                                any.at(),
                                any.gateway())
                        : entry));
        all.put(
                "reservations with a gap in their versions",
                entries -> replace(
                        entries,
                        standing,
                        new StoredBooking(standing.restaurantId(), standing.request(), other(standing.booking(), 0))));
        all.put("refusals for what nobody had taken", entries -> {
            InTheWay way = Objects.requireNonNull(((Refused) taken.outcome()).inTheWay());
            Refused ghost = new Refused(
                    "table_taken", new InTheWay(way.tableId(), way.from().plusSeconds(1), way.to()));
            replace(entries, taken, published(taken, taken.ticket(), ghost, taken.digest()));
        });
        all.put(
                "dead letters missing, wrong or uncalled-for",
                entries -> entries.add(new DeadLetter(0, 0, "no_value", 0, 0, new Digest(1, 2, 3, 4), false)));
        all.put(
                "503 and 429 without Retry-After",
                entries -> entries.add(new Told(call.id(), Instant.EPOCH, false, 503, null, null, null, false)));
        return all;
    }

    /** As it is, but for the id, so much higher, and one version on. */
    private static Booking other(Booking booking, long higher) {
        return new Booking(
                booking.id() + higher * 1_000_000,
                booking.tableId(),
                booking.date(),
                booking.end(),
                booking.guests(),
                booking.status(),
                booking.version() + 1,
                booking.reference());
    }

    private static Published published(Published event, Ticket ticket, Outcome outcome, Digest digest) {
        return new Published(
                event.partition(),
                event.offset(),
                event.type(),
                ticket,
                event.decidedAt(),
                digest,
                outcome,
                event.reservationId(),
                event.asked());
    }

    private static void replace(List<Entry> entries, Entry entry, Entry with) {
        entries.set(entries.indexOf(entry), with);
    }

    private <E extends Entry> E first(Class<E> type, Predicate<E> which) {
        return recorded.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(which)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the run had no such " + type.getSimpleName()));
    }
}
