package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.Answer;
import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.bookings.Outcome.Done;
import io.headwaiter.gateway.bookings.Outcome.Refused;
import io.headwaiter.gateway.input.IfMatch;
import io.headwaiter.gateway.input.Query;
import io.headwaiter.gateway.problems.Problem;
import io.headwaiter.schemas.BlockFacts;
import io.headwaiter.schemas.BookingEvent;
import io.headwaiter.schemas.RefusalEvent;
import io.headwaiter.schemas.ReservationEvent;
import io.headwaiter.schemas.TableBlocked;
import io.headwaiter.schemas.TableFacts;
import io.headwaiter.schemas.TableUnblocked;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code .../booking-requests/{token}}: what became of a request; and taking it back, known or not. */
@RestController
@RequestMapping(
        path = "/api/restaurants/{restId}/booking-requests/{token}",
        produces = MediaType.APPLICATION_JSON_VALUE)
class BookingRequestsEndpoint {

    private final SealTokens tokens;
    private final StoredOutcomes outcomes;
    private final ReadChange changes;
    private final AskWorker worker;

    BookingRequestsEndpoint(SealTokens tokens, StoredOutcomes outcomes, ReadChange changes, AskWorker worker) {
        this.tokens = tokens;
        this.outcomes = outcomes;
        this.changes = changes;
        this.worker = worker;
    }

    /** As it was when it was decided. */
    record Status(
            BookingRequest bookingRequest,
            @Nullable Reservation reservation,
            @Nullable TableFacts table,
            @Nullable BlockFacts block) {}

    @GetMapping
    ResponseEntity<Answer<Status>> show(Admission admission, @PathVariable String token, HttpServletRequest request) {
        Query.of(request, Set.of());
        Optional<Outcome> outcome = outcomes.of(open(admission, token));
        if (outcome.isEmpty()) {
            return ResponseEntity.ok()
                    .header("Retry-After", "1")
                    .body(Answer.of(new Status(BookingRequest.pending(token), null, null, null)));
        }
        return ResponseEntity.ok(Answer.of(
                switch (outcome.get()) {
                    case Done done -> done(token, done.event());
                    case Refused refused -> new Status(BookingRequest.rejected(token, refused), null, null, null);
                }));
    }

    private static Status done(String token, BookingEvent event) {
        BookingRequest confirmed = BookingRequest.confirmed(token);
        return switch (event) {
            case ReservationEvent made -> new Status(confirmed, Reservation.of(made, null), made.table(), null);
            case TableBlocked blocked -> new Status(confirmed, null, null, blocked.block());
            case TableUnblocked unblocked -> new Status(confirmed, null, null, unblocked.block());
            case RefusalEvent refusal -> throw new IllegalStateException("a refusal is not done");
        };
    }

    /** Follows the request through its partition, so it is decided after it, be that decided yet or not. */
    @DeleteMapping
    void withdraw(
            Admission admission, @PathVariable String token, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Query query = Query.of(request, Set.of("reason"));
        RequestToken opened = open(admission, token);
        worker.about(
                request,
                response,
                changes.withdraw(query, opened, IfMatch.of(request), admission),
                opened.key(),
                ReservationEndpoint::changed);
    }

    private RequestToken open(Admission admission, String token) {
        return tokens.open(token)
                .filter(known -> known.key().restaurantId() == admission.restaurantId())
                .orElseThrow(() -> Problem.of(
                                HttpStatus.NOT_FOUND, "booking_request_not_found", "There is no such booking request.")
                        .asException());
    }
}
