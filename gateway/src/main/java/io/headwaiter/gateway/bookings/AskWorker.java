package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.Answer;
import io.headwaiter.gateway.GatewayProperties;
import io.headwaiter.gateway.WriteAnswer;
import io.headwaiter.gateway.bookings.Outcome.Done;
import io.headwaiter.gateway.bookings.Outcome.Refused;
import io.headwaiter.gateway.problems.Problem;
import io.headwaiter.gateway.problems.ProblemException;
import io.headwaiter.gateway.problems.WriteProblem;
import io.headwaiter.schemas.BookingEvent;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.Request;
import io.headwaiter.schemas.RequestKey;
import io.headwaiter.schemas.RequestMessage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.MDC;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Asks the worker, and answers the caller: with what was decided, or else where that will be found. So every request for the
 * worker has its {@code Idempotency-Key}, its {@code Prefer}, its 202 and its refusals in one and the same way.
 */
@Component
class AskWorker {

    private final SubmitRequest submit;
    private final SealTokens tokens;
    private final GatewayProperties properties;

    AskWorker(SubmitRequest submit, SealTokens tokens, GatewayProperties properties) {
        this.submit = submit;
        this.tokens = tokens;
        this.properties = properties;
    }

    /** What was asked is done. @param token under which the outcome stays to be found */
    record Decided(BookingEvent event, String token) {}

    record Pending(BookingRequest bookingRequest) {}

    /** @param done answers what is not refused */
    void about(
            HttpServletRequest request,
            HttpServletResponse response,
            Request asked,
            RequestKey key,
            Function<Decided, ResponseEntity<? extends Answer<?>>> done)
            throws IOException {
        RequestToken token = new RequestToken(
                IdempotencyKey.requestId(request, asked.partnerId(), asked.restaurantId()), key, Fingerprint.of(asked));
        Patience patience = Patience.of(Preferences.of(request), properties);
        String sealed = tokens.seal(token);
        Optional<Outcome> outcome;
        try (var requestId = MDC.putCloseable("request_id", token.id().toString())) {
            outcome =
                    submit.submit(new RequestMessage(token.id(), token.fingerprint(), asked), token, patience.atMost());
        } catch (ProblemException notTaken) {
            throw findable(notTaken.problem(), asked.restaurantId(), sealed).asException();
        }
        if (!patience.applied().isEmpty()) {
            response.setHeader("Preference-Applied", patience.applied());
        }
        if (outcome.isEmpty()) {
            WriteAnswer.to(response, pending(asked.restaurantId(), sealed));
            return;
        }
        switch (outcome.get()) {
            case Done decided -> WriteAnswer.to(response, done.apply(new Decided(decided.event(), sealed)));
            case Refused refused ->
                WriteProblem.to(response, Refusals.problem(refused).with("request_id", sealed));
        }
    }

    private static ResponseEntity<? extends Answer<?>> pending(long restaurantId, String token) {
        return ResponseEntity.accepted()
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
        return URI.create("/api/restaurants/" + restaurantId + "/booking-requests/" + token);
    }
}
