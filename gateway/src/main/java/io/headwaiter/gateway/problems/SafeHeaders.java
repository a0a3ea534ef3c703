package io.headwaiter.gateway.problems;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/** What keeps a browser from doing more with an answer than reading it. An answer that has its own value keeps that. */
public final class SafeHeaders {

    private static final Map<String, String> BY_NAME = Map.of(
            "Cache-Control", "no-store",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY");

    private SafeHeaders() {}

    public static void on(HttpServletResponse response) {
        BY_NAME.forEach((name, value) -> {
            if (!response.containsHeader(name)) {
                response.setHeader(name, value);
            }
        });
    }
}
