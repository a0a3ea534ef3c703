package io.headwaiter.gateway.input;

import io.headwaiter.gateway.problems.Problem;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Holds what was understood against the contract's constraints: 422 names every member that is outside of them. */
@Component
public class CheckValues {

    private final Validator validator;

    CheckValues(Validator validator) {
        this.validator = validator;
    }

    /** Ends the request when there is a breach in {@code values}, or one was found before. */
    public void of(Object values, Set<Breach> before) {
        ofMember("", values, before);
    }

    /** As {@link #of}, for values that stand in the body itself and not, as elsewhere, under this path. */
    public void ofMember(String path, Object values, Set<Breach> before) {
        Set<Breach> breaches = EnumSet.noneOf(Breach.class);
        breaches.addAll(before);
        breaches.addAll(breaches(validator.validate(values)));
        endIfAny(path, breaches);
    }

    /**
     * As {@link #ofMember}, for a change: values of this type of which only some were given.
     *
     * @param given by the names that they have in the type
     */
    public void ofGiven(String path, Class<?> type, Map<String, ? extends @Nullable Object> given) {
        Set<Breach> breaches = EnumSet.noneOf(Breach.class);
        given.forEach((name, value) -> breaches.addAll(breaches(validator.validateValue(type, name, value))));
        endIfAny(path, breaches);
    }

    private static Set<Breach> breaches(Set<? extends ConstraintViolation<?>> violations) {
        return violations.stream()
                .map(violation -> Breach.of(violation.getMessageTemplate()))
                .collect(Collectors.toSet());
    }

    private static void endIfAny(String path, Set<Breach> breaches) {
        if (!breaches.isEmpty()) {
            throw problem(path, breaches).asException();
        }
    }

    /** What is said of breaches, however they were found. */
    public static Problem problem(String path, Set<Breach> breaches) {
        Breach first = breaches.iterator().next();
        List<Map<String, String>> errors = breaches.stream()
                .map(breach ->
                        Map.of("member", memberOf(breach, path), "code", breach.code(), "detail", breach.detail()))
                .toList();
        return Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, first.code(), first.detail())
                .with("errors", errors);
    }

    private static String memberOf(Breach breach, String path) {
        return breach.member().startsWith(path) ? breach.member().substring(path.length()) : breach.member();
    }
}
