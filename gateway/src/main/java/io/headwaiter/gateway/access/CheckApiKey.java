package io.headwaiter.gateway.access;

import io.headwaiter.gateway.directory.Caller;
import io.headwaiter.gateway.directory.Directory;
import io.headwaiter.gateway.problems.ProblemException;
import io.headwaiter.gateway.problems.TurnedAway;
import io.headwaiter.gateway.problems.WriteProblem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/** {@code Authorization: Bearer <api key>}. Without a key that is known the request goes on as nobody's. */
final class CheckApiKey extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";

    private final Directory directory;
    private final TurnedAway turnedAway;

    CheckApiKey(Directory directory, TurnedAway turnedAway) {
        this.directory = directory;
        this.turnedAway = turnedAway;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !RefuseCallers.isOfTheApi(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader("Authorization");
        if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            Optional<Caller> caller;
            try {
                caller = directory.callerWith(header.substring(SCHEME.length()).strip());
            } catch (ProblemException nobodyKnows) {
                turnedAway.count(nobodyKnows.problem());
                WriteProblem.to(response, nobodyKnows.problem());
                return;
            }
            caller.ifPresent(
                    known -> SecurityContextHolder.setContext(new SecurityContextImpl(new AuthenticatedCaller(known))));
        }
        chain.doFilter(request, response);
    }
}
