package io.headwaiter.gateway.input;

import io.headwaiter.gateway.problems.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parameters of a path's query, each known and given once at the most. */
public record Query(Map<String, String[]> parameters) {

    public static Query of(HttpServletRequest request, Set<String> names) {
        Map<String, String[]> parameters;
        try {
            parameters = request.getParameterMap();
        } catch (IllegalStateException malformed) {
            throw Problems.badRequest("query_malformed", "The query cannot be decoded.")
                    .asException();
        }
        parameters.forEach((name, values) -> {
            if (!names.contains(name)) {
                throw refused("unknown_parameter", "There is no parameter of this name.", name);
            }
            if (values.length > 1) {
                throw refused("parameter_repeated", "This parameter may be given once.", name);
            }
        });
        return new Query(parameters);
    }

    public Optional<String> text(String name) {
        String[] values = parameters.get(name);
        return values == null ? Optional.empty() : Optional.of(values[0]);
    }

    /** @throws RuntimeException 400 {@code <name>_missing} */
    public String requiredText(String name) {
        return text(name).orElseThrow(() -> refused(name + "_missing", "The parameter " + name + " is needed.", name));
    }

    /** 400 with a code such as {@code date_invalid}. */
    public static RuntimeException invalid(String name, String detail) {
        return refused(name + "_invalid", detail, name);
    }

    /** The whole number in this parameter. @throws RuntimeException 400 {@code <name>_invalid} */
    public static long wholeNumber(String name, String text) {
        if (!text.matches("-?[0-9]{1,18}")) {
            throw invalid(name, "The parameter " + name + " must be a whole number.");
        }
        return Long.parseLong(text);
    }

    /** The calendar date in this parameter. @throws RuntimeException 400 {@code <name>_invalid} */
    public static LocalDate date(String name, String text) {
        return ReadDate.from(text)
                .orElseThrow(
                        () -> invalid(name, "The parameter " + name + " must be a calendar date such as 2027-01-01."));
    }

    private static RuntimeException refused(String code, String detail, String name) {
        return Problems.badRequest(code, detail).with("parameter", name).asException();
    }
}
