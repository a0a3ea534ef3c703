package io.headwaiter.gateway.access;

import io.headwaiter.gateway.access.RateLimits.Quota;
import io.headwaiter.gateway.problems.Problem;
import io.headwaiter.gateway.problems.TurnedAway;
import io.headwaiter.gateway.problems.WriteProblem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns a key away that sends too much, before anything is read or stored, and tells every known key how it stands, in the
 * fields of draft-ietf-httpapi-ratelimit-headers. Nobody's requests are not counted: they are refused just as cheaply.
 */
final class LimitRate extends OncePerRequestFilter {

    private final RateLimits limits;
    private final TurnedAway turnedAway;
    private final String policy;

    LimitRate(RateLimits limits, TurnedAway turnedAway) {
        this.limits = limits;
        this.turnedAway = turnedAway;
        this.policy = "\"default\";q=%d;w=%d".formatted(limits.burst(), limits.windowSeconds());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof AuthenticatedCaller known) {
            Quota quota = limits.count(known.getPrincipal());
            response.setHeader("RateLimit-Policy", policy);
            response.setHeader("RateLimit", "\"default\";r=" + quota.remaining() + ";t=" + quota.seconds());
            if (!quota.admitted()) {
                Problem problem = Problem.of(
                                HttpStatus.TOO_MANY_REQUESTS,
                                "rate_limited",
                                "This API key sends too many requests. This one was not taken.")
                        .retryAfter(quota.seconds());
                turnedAway.count(problem);
                WriteProblem.to(response, problem);
                return;
            }
        }
        chain.doFilter(request, response);
    }
}
