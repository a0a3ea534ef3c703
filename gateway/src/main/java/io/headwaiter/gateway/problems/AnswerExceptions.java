package io.headwaiter.gateway.problems;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.catalina.connector.ClientAbortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** Every exception that leaves a controller, or keeps a request from reaching one, becomes a {@link Problem} here. */
@ControllerAdvice
class AnswerExceptions {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerExceptions.class);

    private final TurnedAway turnedAway;

    AnswerExceptions(TurnedAway turnedAway) {
        this.turnedAway = turnedAway;
    }

    @ExceptionHandler
    void expected(ProblemException exception, HttpServletResponse response) throws IOException {
        turnedAway.count(exception.problem());
        WriteProblem.to(response, exception.problem());
    }

    /** A server that ends a transaction, for what reason ever, also makes its rollback fail: that is a TransactionException. */
    @ExceptionHandler({
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class,
        RecoverableDataAccessException.class,
        TransactionException.class
    })
    void databaseAway(RuntimeException exception, HttpServletResponse response) throws IOException {
        LOG.warn(
                "The database did not answer a request, which was told to come again: {}",
                rootOf(exception).toString());
        Problem problem = Problems.databaseUnavailable();
        turnedAway.count(problem);
        WriteProblem.to(response, problem);
    }

    @ExceptionHandler
    void method(HttpRequestMethodNotSupportedException exception, HttpServletResponse response) throws IOException {
        String allowed = join(Objects.requireNonNullElse(exception.getSupportedHttpMethods(), Set.<Object>of()));
        WriteProblem.to(
                response,
                Problem.of(
                                HttpStatus.METHOD_NOT_ALLOWED,
                                "method_not_allowed",
                                "This path answers to " + allowed + " only.")
                        .header("Allow", allowed));
    }

    @ExceptionHandler
    void mediaType(HttpMediaTypeNotSupportedException exception, HttpServletResponse response) throws IOException {
        WriteProblem.to(
                response,
                Problem.of(
                                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                                "media_type_not_supported",
                                "The body must be sent with Content-Type: application/json.")
                        .header("Accept", "application/json"));
    }

    @ExceptionHandler
    void acceptable(HttpMediaTypeNotAcceptableException exception, HttpServletResponse response) throws IOException {
        WriteProblem.to(
                response,
                Problem.of(
                        HttpStatus.NOT_ACCEPTABLE,
                        "not_acceptable",
                        "This path answers in " + join(exception.getSupportedMediaTypes()) + " only."));
    }

    /** Spring Security looks at parameters and headers when they are asked for, which may be as late as in a controller. */
    @ExceptionHandler
    void malformed(RequestRejectedException exception, HttpServletResponse response) throws IOException {
        WriteProblem.to(response, Problems.requestMalformed());
    }

    @ExceptionHandler({ClientAbortException.class, AsyncRequestNotUsableException.class})
    void gone(IOException exception) {
        LOG.debug("A caller went away before the answer was written");
    }

    @ExceptionHandler
    void other(Exception exception, HttpServletResponse response) throws IOException {
        WriteProblem.to(response, problem(exception));
    }

    private static Problem problem(Exception exception) {
        if (exception instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            HttpStatus status = HttpStatus.valueOf(known.getStatusCode().value());
            return status == HttpStatus.NOT_FOUND
                    ? Problems.pathNotFound()
                    : Problem.of(status, "bad_request", "The request is not understood.");
        }
        return Problems.defect(exception);
    }

    private static String join(Collection<?> methods) {
        return methods.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    }

    private static Throwable rootOf(Throwable exception) {
        Throwable root = exception;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
