package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.Answer;
import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.bookings.AskWorker.Decided;
import io.headwaiter.gateway.bookings.StoredReservations.Page;
import io.headwaiter.gateway.input.IfMatch;
import io.headwaiter.gateway.input.Query;
import io.headwaiter.gateway.input.ReadBody;
import io.headwaiter.rules.DiningTable;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.RequestKey;
import io.headwaiter.schemas.ReservationEvent;
import io.headwaiter.schemas.TableFacts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code .../reservations}: asking for a table, and going through what is booked. */
@RestController
@RequestMapping(path = "/api/restaurants/{restId}/reservations", produces = MediaType.APPLICATION_JSON_VALUE)
class ReservationsEndpoint {

    private final ReadBody bodies;
    private final ReadBooking bookings;
    private final AskWorker worker;
    private final SealTokens tokens;
    private final StoredReservations reservations;

    ReservationsEndpoint(
            ReadBody bodies,
            ReadBooking bookings,
            AskWorker worker,
            SealTokens tokens,
            StoredReservations reservations) {
        this.bodies = bodies;
        this.bookings = bookings;
        this.worker = worker;
        this.tokens = tokens;
        this.reservations = reservations;
    }

    record Placed(Reservation reservation, TableFacts table, @Nullable NamedClient client, String requestId) {}

    /** @param nextAfter the {@code after} of the next page; absent when this one is the last */
    record Listed(List<Reservation> reservations, long total, @Nullable String nextAfter) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    void place(Admission admission, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Query.of(request, Set.of());
        PlaceBooking asked = bookings.from(bodies.of(request), admission);
        worker.about(request, response, asked, keyOf(asked, admission), decided -> created(asked, decided));
    }

    /** A request that names no table goes where the others go that would be given the same ones first. */
    private static RequestKey keyOf(PlaceBooking asked, Admission admission) {
        Long table = asked.tableId();
        if (table == null) {
            table = admission
                    .plan()
                    .proposedTable(asked.guests())
                    .map(DiningTable::id)
                    .orElse(0L);
        }
        return new RequestKey(asked.restaurantId(), table);
    }

    private static ResponseEntity<? extends Answer<?>> created(PlaceBooking asked, Decided decided) {
        ReservationEvent event = (ReservationEvent) decided.event();
        Reservation reservation = Reservation.of(event, asked.notes());
        return ResponseEntity.created(
                        URI.create("/api/restaurants/" + event.restaurantId() + "/reservations/" + reservation.id()))
                .eTag(IfMatch.tag(reservation.version()))
                .body(Answer.of(new Placed(
                        reservation, event.table(), NamedClient.echo(asked, reservation.clientId()), decided.token())));
    }

    @GetMapping
    Answer<Listed> list(Admission admission, HttpServletRequest request) {
        ReservationSearch search = ReservationSearch.of(request, admission, tokens);
        Page page = reservations.list(admission.restaurantId(), search);
        return Answer.of(new Listed(page.reservations(), page.total(), page.nextAfter()));
    }
}
