package io.headwaiter.gateway;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.condition.PathPatternsRequestCondition;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Looks for a request's controller by its path first. Nearly all of them begin with the same variable path, so each is asked
 * about each request, and the path tells them apart at once, most of them by how long it is; left to itself, Spring reads headers
 * for most of them before it looks there.
 */
@Component
class PathsFirst implements WebMvcRegistrations {

    @Override
    public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new ByPath();
    }

    private static final class ByPath extends RequestMappingHandlerMapping {

        /** By mapping, how many segments and slashes its path has, if that is the same for all. Filled before the first request. */
        private final Map<RequestMappingInfo, Integer> lengths = new HashMap<>();

        @Override
        protected void registerHandlerMethod(Object handler, Method method, RequestMappingInfo mapping) {
            length(mapping).ifPresent(length -> lengths.put(mapping, length));
            super.registerHandlerMethod(handler, method, mapping);
        }

        private static OptionalInt length(RequestMappingInfo mapping) {
            Set<String> patterns = mapping.getPatternValues();
            // Of several patterns, or with a wildcard or an expression in one, it may be any.
            return patterns.size() == 1 && patterns.stream().noneMatch(pattern -> pattern.matches(".*[*:].*"))
                    ? OptionalInt.of(PathContainer.parsePath(patterns.iterator().next())
                            .elements()
                            .size())
                    : OptionalInt.empty();
        }

        @Override
        protected @Nullable RequestMappingInfo getMatchingMapping(
                RequestMappingInfo mapping, HttpServletRequest request) {
            return leadsTo(mapping, request) ? super.getMatchingMapping(mapping, request) : null;
        }

        private boolean leadsTo(RequestMappingInfo mapping, HttpServletRequest request) {
            Integer length = lengths.get(mapping);
            if (length != null && length != lengthOfPath(request)) {
                return false;
            }
            PathPatternsRequestCondition paths = mapping.getPathPatternsCondition();
            return paths == null || paths.getMatchingCondition(request) != null;
        }

        private static int lengthOfPath(HttpServletRequest request) {
            return ServletRequestPathUtils.getParsedRequestPath(request)
                    .pathWithinApplication()
                    .elements()
                    .size();
        }
    }
}
