package io.headwaiter.gateway.input;

import io.headwaiter.gateway.problems.Problem;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        for (ConstraintViolation<Object> violation : validator.validate(values)) {
            breaches.add(Breach.of(violation.getMessageTemplate()));
        }
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
