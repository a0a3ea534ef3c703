package io.headwaiter.gateway.access;

import io.headwaiter.gateway.problems.Problem;
import io.headwaiter.gateway.problems.Problems;
import io.headwaiter.gateway.problems.WriteProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;

/** What callers hear whom Spring Security turns away. */
@Component
class RefuseCallers implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

    static boolean isOfTheApi(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/api/");
    }

    /** Nobody's request for something that needs a key. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
            throws IOException {
        if (!isOfTheApi(request)) {
            // No key opens this: it is as good as not there.
            WriteProblem.to(response, Problems.pathNotFound());
            return;
        }
        boolean given = request.getHeader("Authorization") != null;
        Problem problem = given
                ? Problem.of(HttpStatus.UNAUTHORIZED, "api_key_unknown", "This API key is not known, or not any more.")
                : Problem.of(
                        HttpStatus.UNAUTHORIZED, "api_key_missing", "Send the API key as Authorization: Bearer <key>.");
        WriteProblem.to(
                response,
                problem.header(
                        "WWW-Authenticate",
                        "Bearer realm=\"headwaiter\"" + (given ? ", error=\"invalid_token\"" : "")));
    }

    /** A known caller's request for something that the key has no scope for. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException exception)
            throws IOException {
        WriteProblem.to(response, Problems.scopeMissing());
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException exception)
            throws IOException {
        WriteProblem.to(response, Problems.requestMalformed());
    }
}
