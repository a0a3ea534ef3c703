package io.headwaiter.gateway.problems;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;

/**
 * What is wrong, as RFC 9457 has it, with a stable {@code code} besides.
 *
 * @param detail a sentence about this occurrence, for people
 * @param headers that go with it
 * @param members what there is to say besides
 */
public record Problem(
        HttpStatus status, String code, String detail, Map<String, String> headers, Map<String, Object> members) {

    public static Problem of(HttpStatus status, String code, String detail) {
        return new Problem(status, code, detail, Map.of(), Map.of());
    }

    public Problem with(String member, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Problem(status, code, detail, headers, more);
    }

    public Problem header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Problem(status, code, detail, more, members);
    }

    public Problem retryAfter(long seconds) {
        return header("Retry-After", Long.toString(seconds));
    }

    public ProblemException asException() {
        return new ProblemException(this);
    }

    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "urn:headwaiter:problem:" + code);
        body.put(
                "title",
                Character.toTitleCase(code.charAt(0)) + code.substring(1).replace('_', ' '));
        body.put("status", status.value());
        body.put("detail", detail);
        body.put("success", false);
        body.put("code", code);
        body.putAll(members);
        return body;
    }
}
