package io.headwaiter.gateway.deliveries;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of an attempt. */
sealed interface Answer {

    int FIRST_SUCCESS = 200;
    int FIRST_REDIRECT = 300;
    int GONE = 410;

    /**
     * The endpoint answered.
     *
     * @param body its beginning, as text
     * @param retryAfter how long it asked to be left alone; null when it did not
     */
    record Response(int status, String body, @Nullable Duration retryAfter) implements Answer {

        boolean isSuccess() {
            return status >= FIRST_SUCCESS && status < FIRST_REDIRECT;
        }

        boolean isGone() {
            return status == GONE;
        }
    }

    /** It did not. @param why for its partner to read */
    record Silence(String why) implements Answer {}
}
