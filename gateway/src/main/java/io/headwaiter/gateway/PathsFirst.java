package io.headwaiter.gateway;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.condition.PathPatternsRequestCondition;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Looks for a request's controller by its path first. Nearly all of them begin with the same variable path, so each is asked
 * about each request, and the path tells them apart at once; left to itself, Spring reads headers for most of them before it
 * looks there.
 */
@Component
class PathsFirst implements WebMvcRegistrations {

    @Override
    public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new RequestMappingHandlerMapping() {
            @Override
            protected @Nullable RequestMappingInfo getMatchingMapping(
                    RequestMappingInfo mapping, HttpServletRequest request) {
                PathPatternsRequestCondition paths = mapping.getPathPatternsCondition();
                boolean elsewhere = paths != null && paths.getMatchingCondition(request) == null;
                return elsewhere ? null : super.getMatchingMapping(mapping, request);
            }
        };
    }
}
