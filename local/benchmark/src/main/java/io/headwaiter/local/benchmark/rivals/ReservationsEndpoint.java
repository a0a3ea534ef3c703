package io.headwaiter.local.benchmark.rivals;

import io.headwaiter.local.benchmark.rivals.Booking.Guest;
import io.headwaiter.local.benchmark.rivals.Booking.Made;
import io.headwaiter.local.benchmark.rivals.Directory.Partner;
import io.headwaiter.rules.Ask;
import io.headwaiter.rules.Confirmed;
import io.headwaiter.rules.DecideBooking;
import io.headwaiter.rules.Decision;
import io.headwaiter.rules.DiningTable;
import io.headwaiter.rules.FloorPlan;
import io.headwaiter.rules.Ledger;
import io.headwaiter.rules.Rejected;
import io.headwaiter.rules.RejectionReason;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The same paths and the same JSON as ours, in and out. */
@RestController
class ReservationsEndpoint {

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
    private static final int MOST_GUESTS = 20;
    private static final int LONGEST_EMAIL = 254;
    private static final Ledger NOTHING_TAKEN = new Ledger();

    private final Directory directory;
    private final Book book;

    ReservationsEndpoint(Directory directory, Book book) {
        this.directory = directory;
        this.book = book;
    }

    record Wanted(
            @Nullable Instant date,
            int guests,
            @Nullable Long tableId,
            @Nullable Client client,
            @Nullable String reference,
            @Nullable String notes) {}

    record Client(@Nullable String name, @Nullable String email, @Nullable String phone) {}

    record Reservation(
            long id,
            Instant date,
            Instant end,
            int guests,
            long tableId,
            long restaurantId,
            long clientId,
            boolean confirmed,
            String status,
            int version,
            @Nullable String reference,
            @Nullable String notes) {}

    record Table(long id, String name, int capacity) {}

    record NamedClient(long id, String name, String email, @Nullable String phone) {}

    record Placed(Reservation reservation, Table table, NamedClient client, String requestId) {}

    record Answer(boolean success, Placed data) {}

    @PostMapping(
            path = "/api/restaurants/{restaurantId}/reservations",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> place(
            @PathVariable long restaurantId,
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
            @RequestBody Wanted wanted)
            throws SQLException {
        Optional<Partner> partner = directory.partner(authorization, restaurantId);
        Optional<FloorPlan> plan = directory.plan(restaurantId);
        if (partner.isEmpty() || plan.isEmpty()) {
            return problem(401, "unauthorized", "There is no such key for this restaurant.");
        }
        Guest guest = guest(wanted.client());
        Instant date = wanted.date();
        if (guest == null || date == null || wanted.guests() < 1 || wanted.guests() > MOST_GUESTS) {
            return problem(422, "invalid", "A date, 1 to 20 guests and a client are needed.");
        }
        // All rules but that of the tables' time, which the database keeps.
        Decision decision = DecideBooking.decide(
                plan.get(), new Ask(date, wanted.guests(), wanted.tableId()), Instant.now(), true, NOTHING_TAKEN);
        if (decision instanceof Rejected rejected) {
            return refused(rejected.reason());
        }
        Confirmed allowed = (Confirmed) decision;
        Booking booking = new Booking(
                restaurantId,
                partner.get().id(),
                randomId(),
                wanted.guests(),
                wanted.tableId() != null
                        ? List.of(wanted.tableId())
                        : plan.get().tablesFor(wanted.guests()).stream()
                                .map(DiningTable::id)
                                .toList(),
                allowed.stay(),
                allowed.occupancy(),
                plan.get().longestOccupancyMinutes(),
                guest,
                wanted.reference(),
                wanted.notes());
        return book.book(booking)
                .<ResponseEntity<?>>map(made -> created(booking, made, plan.get()))
                .orElseGet(() -> refused(
                        wanted.tableId() != null ? RejectionReason.TABLE_TAKEN : RejectionReason.NO_TABLE_AVAILABLE));
    }

    private static @Nullable Guest guest(@Nullable Client client) {
        if (client == null || client.name() == null || client.email() == null) {
            return null;
        }
        int length = client.name().length();
        return length < 2
                        || length > 100
                        || client.email().length() > LONGEST_EMAIL
                        || !EMAIL.matcher(client.email()).matches()
                ? null
                : new Guest(client.name(), client.email(), client.phone());
    }

    /** It need not be hard to guess, so it is not paid for. */
    private static UUID randomId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong());
    }

    private static ResponseEntity<?> created(Booking booking, Made made, FloorPlan plan) {
        DiningTable table = plan.table(made.tableId()).orElseThrow();
        return ResponseEntity.created(URI.create(
                        "/api/restaurants/" + booking.restaurantId() + "/reservations/" + made.reservationId()))
                .body(new Answer(
                        true,
                        new Placed(
                                new Reservation(
                                        made.reservationId(),
                                        booking.stay().start(),
                                        booking.stay().end(),
                                        booking.guests(),
                                        made.tableId(),
                                        booking.restaurantId(),
                                        made.clientId(),
                                        true,
                                        "confirmed",
                                        1,
                                        booking.reference(),
                                        booking.notes()),
                                new Table(table.id(), table.name(), table.capacity()),
                                new NamedClient(
                                        made.clientId(),
                                        booking.guest().name(),
                                        booking.guest().email(),
                                        booking.guest().phone()),
                                booking.requestId().toString())));
    }

    private static ResponseEntity<?> refused(RejectionReason reason) {
        return problem(409, reason.code(), reason.sentence());
    }

    private static ResponseEntity<?> problem(int status, String code, String sentence) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Map.of("success", false, "status", status, "code", code, "title", sentence));
    }
}
