package io.headwaiter.gateway.access;

import io.headwaiter.gateway.directory.Caller;
import io.headwaiter.gateway.directory.Directory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Gives controllers their {@link Admission}, or the {@link Caller} alone where the path names no restaurant. A restaurant out of reach and one that does not exist look the same, to the byte. */
@Component
class AdmitCallers implements HandlerMethodArgumentResolver, WebMvcConfigurer {

    private final Directory directory;

    AdmitCallers(Directory directory) {
        this.directory = directory;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Admission.class || parameter.getParameterType() == Caller.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        Caller caller = caller();
        return parameter.getParameterType() == Caller.class ? caller : admission(caller, request);
    }

    private Admission admission(Caller caller, NativeWebRequest request) {
        return restaurantId(request).stream()
                .filter(caller::reaches)
                .mapToObj(directory::plan)
                .flatMap(Optional::stream)
                .findFirst()
                .map(rules -> new Admission(caller, rules))
                .orElseThrow(() -> Admission.restaurantNotFound().asException());
    }

    private static OptionalLong restaurantId(NativeWebRequest request) {
        Object variables =
                request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
        return variables instanceof Map<?, ?> map && map.get("restId") instanceof String text
                ? PathId.parse(text)
                : OptionalLong.empty();
    }

    private static Caller caller() {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof AuthenticatedCaller authenticated) {
            return authenticated.getPrincipal();
        }
        throw new IllegalStateException("a controller that needs a caller is open to everybody");
    }
}
