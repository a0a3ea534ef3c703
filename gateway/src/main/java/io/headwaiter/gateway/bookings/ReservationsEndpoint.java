package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.Answer;
import io.headwaiter.gateway.GatewayProperties;
import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.access.PathId;
import io.headwaiter.gateway.bookings.Outcome.Booked;
import io.headwaiter.gateway.bookings.Outcome.Refused;
import io.headwaiter.gateway.bookings.StoredReservations.Found;
import io.headwaiter.gateway.directory.Scope;
import io.headwaiter.gateway.input.ReadBody;
import io.headwaiter.gateway.problems.Problem;
import io.headwaiter.gateway.problems.ProblemException;
import io.headwaiter.rules.DiningTable;
import io.headwaiter.schemas.BookingConfirmed;
import io.headwaiter.schemas.BookingConfirmed.TableFacts;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.RequestKey;
import io.headwaiter.schemas.RequestMessage;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code .../reservations}: asking for a table, and looking at what came of it. */
@RestController
@RequestMapping(path = "/api/restaurants/{restId}/reservations", produces = MediaType.APPLICATION_JSON_VALUE)
class ReservationsEndpoint {

    private final ReadBody bodies;
    private final ReadBooking bookings;
    private final PlaceBookingRequest place;
    private final SealTokens tokens;
    private final StoredReservations reservations;
    private final GatewayProperties properties;

    ReservationsEndpoint(
            ReadBody bodies,
            ReadBooking bookings,
            PlaceBookingRequest place,
            SealTokens tokens,
            StoredReservations reservations,
            GatewayProperties properties) {
        this.bodies = bodies;
        this.bookings = bookings;
        this.place = place;
        this.tokens = tokens;
        this.reservations = reservations;
        this.properties = properties;
    }

    record Placed(Reservation reservation, TableFacts table, @Nullable NamedClient client, String requestId) {}

    record Shown(Reservation reservation, TableFacts table, @Nullable NamedClient client) {}

    record Pending(BookingRequest bookingRequest) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Answer<?>> place(Admission admission, HttpServletRequest request) {
        PlaceBooking asked = bookings.from(bodies.of(request), admission);
        RequestToken token = new RequestToken(
                IdempotencyKey.requestId(request, asked.partnerId(), asked.restaurantId()),
                keyOf(asked, admission),
                Fingerprint.of(asked));
        Patience patience = Patience.of(Preferences.of(request), properties);

        RequestMessage message = new RequestMessage(token.id(), token.fingerprint(), asked);
        String sealed = tokens.seal(token);
        Optional<Outcome> outcome;
        try {
            outcome = place.place(message, token, patience.atMost());
        } catch (ProblemException notTaken) {
            throw findable(notTaken.problem(), asked.restaurantId(), sealed).asException();
        }
        if (outcome.isEmpty()) {
            return pending(asked.restaurantId(), sealed, patience);
        }
        return switch (outcome.get()) {
            case Booked booked -> created(booked.event(), asked, sealed, patience);
            case Refused refused ->
                throw applied(Refusals.problem(refused), patience)
                        .with("request_id", sealed)
                        .asException();
        };
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

    private static ResponseEntity<Answer<?>> created(
            BookingConfirmed event, PlaceBooking asked, String token, Patience patience) {
        Reservation reservation = Reservation.of(event, asked.notes());
        return answer(HttpStatus.CREATED, patience)
                .location(URI.create(
                        "/api/restaurants/%d/reservations/%d".formatted(event.restaurantId(), reservation.id())))
                .body(Answer.of(new Placed(
                        reservation, event.table(), NamedClient.echo(asked, reservation.clientId()), token)));
    }

    private static ResponseEntity<Answer<?>> pending(long restaurantId, String token, Patience patience) {
        return answer(HttpStatus.ACCEPTED, patience)
                .location(place(restaurantId, token))
                .header("Retry-After", "1")
                .body(Answer.of(new Pending(BookingRequest.pending(token))));
    }

    /** Whoever sent no Idempotency-Key must not ask again to hear what became of a request that may have been taken. */
    private static Problem findable(Problem problem, long restaurantId, String token) {
        return problem.code().equals(PublishRequest.OUTCOME_UNKNOWN)
                ? problem.with("request_id", token)
                        .header("Location", place(restaurantId, token).toString())
                : problem;
    }

    private static URI place(long restaurantId, String token) {
        return URI.create("/api/restaurants/%d/booking-requests/%s".formatted(restaurantId, token));
    }

    private static ResponseEntity.BodyBuilder answer(HttpStatus status, Patience patience) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
        return patience.applied().isEmpty() ? answer : answer.header("Preference-Applied", patience.applied());
    }

    private static Problem applied(Problem problem, Patience patience) {
        return patience.applied().isEmpty() ? problem : problem.header("Preference-Applied", patience.applied());
    }

    @GetMapping("/{id}")
    Answer<Shown> show(Admission admission, @PathVariable String id) {
        Found found = PathId.parse(id).stream()
                .mapToObj(known -> reservations.find(admission.restaurantId(), known))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(
                        () -> Problem.of(HttpStatus.NOT_FOUND, "reservation_not_found", "There is no such reservation.")
                                .asException());
        return Answer.of(new Shown(found.reservation(), found.table(), visible(found.client(), admission)));
    }

    /** Whoever may only book must not learn, by booking for an address, what the restaurant knows of its owner. */
    private static @Nullable NamedClient visible(@Nullable NamedClient client, Admission admission) {
        return client == null || admission.caller().may(Scope.CLIENTS)
                ? client
                : new NamedClient(client.id(), null, null, null);
    }
}
