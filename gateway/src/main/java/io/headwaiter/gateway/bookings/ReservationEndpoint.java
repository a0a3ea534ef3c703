package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.Answer;
import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.access.PathId;
import io.headwaiter.gateway.bookings.AskWorker.Decided;
import io.headwaiter.gateway.bookings.StoredReservations.Found;
import io.headwaiter.gateway.directory.Scope;
import io.headwaiter.gateway.input.IfMatch;
import io.headwaiter.gateway.input.Query;
import io.headwaiter.gateway.input.ReadBody;
import io.headwaiter.gateway.problems.Problem;
import io.headwaiter.schemas.Request;
import io.headwaiter.schemas.RequestKey;
import io.headwaiter.schemas.ReservationEvent;
import io.headwaiter.schemas.TableFacts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code .../reservations/{id}}: looking at a reservation, and changing it. The worker decides every change. */
@RestController
@RequestMapping(path = "/api/restaurants/{restId}/reservations/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class ReservationEndpoint {

    private final ReadBody bodies;
    private final ReadChange changes;
    private final AskWorker worker;
    private final StoredReservations reservations;

    ReservationEndpoint(ReadBody bodies, ReadChange changes, AskWorker worker, StoredReservations reservations) {
        this.bodies = bodies;
        this.changes = changes;
        this.worker = worker;
        this.reservations = reservations;
    }

    record Shown(Reservation reservation, TableFacts table, @Nullable NamedClient client) {}

    record Changed(Reservation reservation, TableFacts table, String requestId) {}

    @GetMapping
    ResponseEntity<Answer<Shown>> show(Admission admission, @PathVariable String id, HttpServletRequest request) {
        Query.of(request, Set.of());
        Found found = PathId.parse(id).stream()
                .mapToObj(known -> reservations.find(admission.restaurantId(), known, Visibility.of(admission)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> notFound().asException());
        return ResponseEntity.ok()
                .eTag(IfMatch.tag(found.reservation().version()))
                .body(Answer.of(new Shown(found.reservation(), found.table(), visible(found.client(), admission))));
    }

    @PatchMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, ReadBody.MERGE_PATCH})
    void move(Admission admission, @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Query.of(request, Set.of());
        ask(request, response, changes.move(bodies.of(request), reservation(id), IfMatch.of(request), admission));
    }

    @PutMapping(path = "/status", consumes = MediaType.APPLICATION_JSON_VALUE)
    void status(Admission admission, @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Query.of(request, Set.of());
        ask(request, response, changes.status(bodies.of(request), reservation(id), IfMatch.of(request), admission));
    }

    @DeleteMapping
    void cancel(Admission admission, @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Query query = Query.of(request, Set.of("reason"));
        ask(request, response, changes.cancel(query, reservation(id), IfMatch.of(request), admission));
    }

    private void ask(HttpServletRequest request, HttpServletResponse response, Request asked) throws IOException {
        // In one partition with all other changes of this restaurant, in the order they were asked.
        worker.about(request, response, asked, new RequestKey(asked.restaurantId(), 0), ReservationEndpoint::changed);
    }

    static ResponseEntity<? extends Answer<?>> changed(Decided decided) {
        ReservationEvent event = (ReservationEvent) decided.event();
        Reservation reservation = Reservation.of(event, null);
        return ResponseEntity.ok()
                .eTag(IfMatch.tag(reservation.version()))
                .body(Answer.of(new Changed(reservation, event.table(), decided.token())));
    }

    private static long reservation(String id) {
        return PathId.parse(id).orElseThrow(() -> notFound().asException());
    }

    private static Problem notFound() {
        return Problem.of(HttpStatus.NOT_FOUND, "reservation_not_found", "There is no such reservation.");
    }

    /** Whoever may only book must not learn, by booking for an address, what the restaurant knows of its owner. */
    private static @Nullable NamedClient visible(@Nullable NamedClient client, Admission admission) {
        return client == null || admission.caller().may(Scope.CLIENTS)
                ? client
                : new NamedClient(client.id(), null, null, null);
    }
}
