package io.headwaiter.gateway.input;

import io.headwaiter.gateway.problems.Problem;
import io.headwaiter.gateway.problems.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;

/**
 * The versions of which a caller says that only they may be changed: {@code If-Match} as RFC 9110 has it. A tag here is a
 * version's number in quotes, such as {@code "3"}. The comparison is the strong one, so a weak tag is understood but matches
 * nothing, as does a tag that was never one of ours.
 *
 * @param versions that match; empty when any does, because the caller did not say, or said {@code *}
 */
public record IfMatch(Optional<Set<Long>> versions) {

    private static final String ANY = "*";
    /** One tag and the commas before it; a list may have empty places. Tags may hold commas, so a list cannot be split at them. */
    private static final Pattern NEXT_TAG =
            Pattern.compile("\\G[ \\t,]*+(W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*+)\"[ \\t]*+(?=,|$)");

    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,17}");

    public IfMatch {
        versions = versions.map(Set::copyOf);
    }

    /** @throws RuntimeException 400 {@code if_match_invalid} */
    public static IfMatch of(HttpServletRequest request) {
        List<String> lines = Collections.list(request.getHeaders("If-Match"));
        if (lines.isEmpty()) {
            return new IfMatch(Optional.empty());
        }
        // A list may come on several lines.
        String list = String.join(",", lines).strip();
        return new IfMatch(list.equals(ANY) ? Optional.empty() : Optional.of(versions(list)));
    }

    private static Set<Long> versions(String list) {
        Set<Long> versions = new HashSet<>();
        Matcher tag = NEXT_TAG.matcher(list);
        int read = 0;
        while (tag.find()) {
            read = tag.end();
            if (tag.group(1) == null && VERSION.matcher(tag.group(2)).matches()) {
                versions.add(Long.valueOf(tag.group(2)));
            }
        }
        if (read == 0 || !list.substring(read).matches("[ \\t,]*+")) {
            throw Problems.badRequest(
                            "if_match_invalid",
                            "If-Match must be * or a list of entity tags in quotes, as the header ETag shows them.")
                    .asException();
        }
        return versions;
    }

    /** The tag of a version, for the header {@code ETag}. */
    public static String tag(long version) {
        return "\"" + version + "\"";
    }

    /** Ends the request when what is to be changed is not, or not any more, of a version that matches. */
    public void check(long version) {
        if (versions.isPresent() && !versions.get().contains(version)) {
            throw mismatch().asException();
        }
    }

    /** What is said of a version that does not match, whoever found that. */
    public static Problem mismatch() {
        return Problem.of(
                HttpStatus.PRECONDITION_FAILED,
                "version_mismatch",
                "It is of another version than If-Match names: get it again, and decide again.");
    }
}
