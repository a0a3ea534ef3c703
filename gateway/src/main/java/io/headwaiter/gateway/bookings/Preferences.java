package io.headwaiter.gateway.bookings;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the header {@code Prefer} (RFC 7240) says about waiting. Other preferences, and values that make no sense, are
 * ignored, as the RFC has it; of one given twice the first counts.
 *
 * @param respondAsync answer at once; with a wait, as soon as that is over
 * @param waitSeconds null when the caller does not say
 */
record Preferences(boolean respondAsync, @Nullable Long waitSeconds) {

    /** One preference of a list, with its parameters, and the comma after it. */
    private static final Pattern PREFERENCE = Pattern.compile(
            "\\s*(?<name>[!#$%&'*+.^_`|~0-9A-Za-z-]+)\\s*(?:=\\s*(?<value>\"(?:[^\"\\\\]|\\\\.)*+\"|[^\\s\",;]*))?"
                    + "(?:[^\",]|\"(?:[^\"\\\\]|\\\\.)*+\")*+(?:,|$)");

    private static final Pattern SECONDS = Pattern.compile("\"?([0-9]{1,9})[0-9]*\"?");

    static Preferences of(HttpServletRequest request) {
        return of(Collections.list(request.getHeaders("Prefer")));
    }

    static Preferences of(List<String> headers) {
        Map<String, String> first = new LinkedHashMap<>();
        for (String header : headers) {
            Matcher preference = PREFERENCE.matcher(header);
            while (preference.lookingAt() && preference.regionStart() < header.length()) {
                String value = preference.group("value");
                first.putIfAbsent(preference.group("name").toLowerCase(Locale.ROOT), value == null ? "" : value);
                preference.region(preference.end(), header.length());
            }
        }
        Matcher seconds = SECONDS.matcher(first.getOrDefault("wait", ""));
        return new Preferences(
                first.containsKey("respond-async"), seconds.matches() ? Long.valueOf(seconds.group(1)) : null);
    }
}
