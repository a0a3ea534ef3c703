package io.headwaiter.gateway.clients;

import io.headwaiter.gateway.problems.Problem;
import org.springframework.http.HttpStatus;

/** What can be wrong about a client. */
final class ClientProblems {

    static final String EMAIL_TAKEN = "client_email_taken";

    private ClientProblems() {}

    static Problem notFound() {
        return Problem.of(HttpStatus.NOT_FOUND, "client_not_found", "There is no such client.");
    }

    static Problem emailTaken() {
        return Problem.of(
                HttpStatus.CONFLICT, EMAIL_TAKEN, "The restaurant has a client with this e-mail address already.");
    }

    static Problem anonymized() {
        return Problem.of(
                HttpStatus.CONFLICT,
                "client_anonymized",
                "This client was anonymized, and cannot be given details again.");
    }

    static Problem hasReservations() {
        return Problem.of(
                HttpStatus.CONFLICT,
                "client_has_reservations",
                "This client has coming reservations: cancel them first, or delete with anonymize=true.");
    }
}
