package io.headwaiter.gateway.input;

import io.headwaiter.gateway.problems.Problem;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.AssertTrue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Holds a document with lists in it against the contract's constraints: 422 names every member that is outside of them by its
 * place, such as {@code tables[3].name}.
 */
@Component
public class CheckDocument {

    private static final int MOST_SHOWN = 100;
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    private final Validator validator;

    CheckDocument(Validator validator) {
        this.validator = validator;
    }

    /** A breach, and the member's place in the document. */
    public record Finding(String member, Breach breach) {}

    /** Ends the request when there is a breach in any of these, which together are the document. */
    public void of(Object... parts) {
        of(List.of(), parts);
    }

    /** As {@link #of(Object...)}, or when one was found before. */
    public void of(List<Finding> before, Object... parts) {
        List<Finding> findings = new ArrayList<>(before);
        for (Object part : parts) {
            validator.validate(part).forEach(violation -> findings.add(finding(violation)));
        }
        if (!findings.isEmpty()) {
            throw problem(findings).asException();
        }
    }

    private static Finding finding(ConstraintViolation<Object> violation) {
        Breach breach = Breach.of(violation.getMessageTemplate());
        String path = HUMP.matcher(violation.getPropertyPath().toString())
                .replaceAll("_")
                .toLowerCase(Locale.ROOT);
        if (violation.getConstraintDescriptor().getAnnotation() instanceof AssertTrue) {
            // A question to several members at once has a name of its own; the breach knows whose it is.
            path = path.substring(0, path.lastIndexOf('.') + 1) + breach.member();
        }
        return new Finding(path, breach);
    }

    /** What is said of breaches, however they were found. */
    public static Problem problem(List<Finding> findings) {
        List<Finding> sorted = findings.stream()
                .sorted(Comparator.comparing(Finding::breach).thenComparing(Finding::member))
                .toList();
        Breach first = sorted.getFirst().breach();
        List<Map<String, String>> errors = sorted.stream()
                .limit(MOST_SHOWN)
                .map(finding -> Map.of(
                        "member",
                        finding.member(),
                        "code",
                        finding.breach().code(),
                        "detail",
                        finding.breach().detail()))
                .toList();
        return Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, first.code(), first.detail())
                .with("errors", errors);
    }
}
