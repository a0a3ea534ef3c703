package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.Answer;
import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.bookings.Outcome.Booked;
import io.headwaiter.gateway.bookings.Outcome.Refused;
import io.headwaiter.gateway.problems.Problem;
import io.headwaiter.schemas.BookingConfirmed.TableFacts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code .../booking-requests/{token}}: what became of a request. */
@RestController
@RequestMapping(path = "/api/restaurants/{restId}/booking-requests", produces = MediaType.APPLICATION_JSON_VALUE)
class BookingRequestsEndpoint {

    private final SealTokens tokens;
    private final StoredOutcomes outcomes;

    BookingRequestsEndpoint(SealTokens tokens, StoredOutcomes outcomes) {
        this.tokens = tokens;
        this.outcomes = outcomes;
    }

    record Status(BookingRequest bookingRequest, @Nullable Reservation reservation, @Nullable TableFacts table) {}

    @GetMapping("/{token}")
    ResponseEntity<Answer<Status>> show(Admission admission, @PathVariable String token) {
        RequestToken opened = tokens.open(token)
                .filter(known -> known.key().restaurantId() == admission.restaurantId())
                .orElseThrow(() -> Problem.of(
                                HttpStatus.NOT_FOUND, "booking_request_not_found", "There is no such booking request.")
                        .asException());
        Optional<Outcome> outcome = outcomes.of(opened);
        if (outcome.isEmpty()) {
            return ResponseEntity.ok()
                    .header("Retry-After", "1")
                    .body(Answer.of(new Status(BookingRequest.pending(token), null, null)));
        }
        return ResponseEntity.ok(Answer.of(status(token, outcome.get())));
    }

    private static Status status(String token, Outcome outcome) {
        return switch (outcome) {
            case Booked booked ->
                new Status(
                        BookingRequest.confirmed(token),
                        Reservation.of(booked.event(), null),
                        booked.event().table());
            case Refused refused -> new Status(BookingRequest.rejected(token, refused), null, null);
        };
    }
}
