package io.headwaiter.gateway.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.OptionalLong;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Puts the restaurant of the path beside every line that is logged about the request. A number, or nothing: paths may hold anything. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class LogWhoseRequest extends OncePerRequestFilter {

    private static final String RESTAURANTS = "/api/restaurants/";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        OptionalLong restaurant = restaurant(request.getRequestURI());
        if (restaurant.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        try (var restaurantId = MDC.putCloseable("restaurant_id", Long.toString(restaurant.getAsLong()))) {
            chain.doFilter(request, response);
        }
    }

    private static OptionalLong restaurant(String path) {
        if (!path.startsWith(RESTAURANTS)) {
            return OptionalLong.empty();
        }
        int end = path.indexOf('/', RESTAURANTS.length());
        return PathId.parse(path.substring(RESTAURANTS.length(), end < 0 ? path.length() : end));
    }
}
