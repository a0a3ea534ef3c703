package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.problems.Problems;
import io.headwaiter.schemas.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** The header {@code Idempotency-Key}: whoever sends the same one again asks about the same request again. */
final class IdempotencyKey {

    private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]{1,255}");

    private IdempotencyKey() {}

    /** The id of the request: made from the key when one is sent, else new. */
    static RequestId requestId(HttpServletRequest request, long partnerId, long restaurantId) {
        List<String> keys = Collections.list(request.getHeaders("Idempotency-Key"));
        if (keys.isEmpty()) {
            return RequestId.create();
        }
        if (keys.size() > 1 || !VISIBLE_ASCII.matcher(keys.getFirst()).matches()) {
            throw Problems.badRequest(
                            "idempotency_key_invalid",
                            "Send one Idempotency-Key, of 1 to 255 visible ASCII characters without spaces.")
                    .asException();
        }
        return RequestId.derive(partnerId, restaurantId, keys.getFirst());
    }
}
