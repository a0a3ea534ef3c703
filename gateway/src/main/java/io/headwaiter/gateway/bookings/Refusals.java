package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.bookings.Outcome.Refused;
import io.headwaiter.gateway.problems.Problem;
import io.headwaiter.rules.RejectionReason;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;

/** How a refusal is told over HTTP. */
final class Refusals {

    private static final Map<String, RejectionReason> REASONS = Arrays.stream(RejectionReason.values())
            .collect(Collectors.toUnmodifiableMap(RejectionReason::code, Function.identity()));

    private Refusals() {}

    static Problem problem(Refused refused) {
        Problem problem = Problem.of(status(refused.reason()), refused.reason(), sentence(refused.reason()));
        return refused.inTheWay() == null ? problem : problem.with("in_the_way", refused.inTheWay());
    }

    static String sentence(String reason) {
        RejectionReason known = REASONS.get(reason);
        return known == null ? "The request is refused." : known.sentence();
    }

    private static HttpStatus status(String reason) {
        RejectionReason known = REASONS.get(reason);
        if (known == null) {
            return HttpStatus.CONFLICT;
        }
        return switch (known) {
            case RESERVATION_NOT_FOUND, BLOCK_NOT_FOUND -> HttpStatus.NOT_FOUND;
            case VERSION_MISMATCH -> HttpStatus.PRECONDITION_FAILED;
            case IDEMPOTENCY_KEY_REUSED -> HttpStatus.UNPROCESSABLE_CONTENT;
            case INTERNAL_ERROR -> HttpStatus.INTERNAL_SERVER_ERROR;
            default -> HttpStatus.CONFLICT;
        };
    }
}
