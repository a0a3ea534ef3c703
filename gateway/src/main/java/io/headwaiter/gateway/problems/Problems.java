package io.headwaiter.gateway.problems;

import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/** Problems that any path can have. */
public final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    public static Problem badRequest(String code, String detail) {
        return Problem.of(HttpStatus.BAD_REQUEST, code, detail);
    }

    public static Problem pathNotFound() {
        return Problem.of(HttpStatus.NOT_FOUND, "path_not_found", "There is nothing at this path.");
    }

    public static Problem scopeMissing() {
        return Problem.of(HttpStatus.FORBIDDEN, "scope_missing", "This API key does not have the scope for that.");
    }

    /** What no honest client sends: a path with a second slash, a null byte in a parameter. */
    public static Problem requestMalformed() {
        return badRequest("request_malformed", "The path, a parameter or a header is malformed.");
    }

    public static Problem bodyTooSlow() {
        return Problem.of(HttpStatus.REQUEST_TIMEOUT, "body_too_slow", "The body took too long to come.")
                .header("Connection", "close");
    }

    public static Problem bodyIncomplete() {
        return badRequest("body_incomplete", "The body ended before it was whole.");
    }

    /** Not for the caller to know more about: the log has the rest under the id that this tells. */
    public static Problem defect(Throwable cause) {
        UUID id = UUID.randomUUID();
        LOG.error("A request failed by a defect, and was answered internal_error with the id {}", id, cause);
        return Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "internal_error", "An error on our side; it was recorded.")
                .with("instance", "urn:uuid:" + id);
    }

    public static Problem databaseUnavailable() {
        return Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "database_unavailable",
                        "The database does not answer now. Booking requests are taken all the same.")
                .retryAfter(5);
    }
}
