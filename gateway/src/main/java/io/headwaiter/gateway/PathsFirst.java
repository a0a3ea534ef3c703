package io.headwaiter.gateway;

import static java.util.stream.Collectors.toSet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Finds a request's controllers by the outline of its path. Spring looks up paths without variables in a map, and asks each of the
 * others about each request, some seventy of them; here they are in that map, too, by what tells them apart. Who is found there is
 * asked as ever, and all are when nobody found there will have the request.
 */
@Component
class PathsFirst implements WebMvcRegistrations {

    @Override
    public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new RequestMappingHandlerMapping() {
            @Override
            protected Set<String> getDirectPaths(RequestMappingInfo mapping) {
                return mapping.getPatternValues().stream()
                        .map(PathsFirst::outline)
                        .collect(toSet());
            }

            @Override
            protected @Nullable HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request)
                    throws Exception {
                // Variables are read from the request; the path given on is for static files, of which there are none.
                return super.lookupHandlerMethod(outline(path), request);
            }
        };
    }

    /**
     * How many segments a path has, and the names in it, by where this API has them: {@code /api/restaurants/{restId}/clients/{id}}
     * is {@code 5/restaurants/clients}, and so is {@code /api/restaurants/7/clients/12}.
     */
    static String outline(String path) {
        String[] segments = path.split("/", -1);
        String collection = segments.length > 2 ? segments[2] : "";
        String within = segments.length > 4 ? segments[4] : "";
        return segments.length - 1 + "/" + collection + "/" + within;
    }
}
