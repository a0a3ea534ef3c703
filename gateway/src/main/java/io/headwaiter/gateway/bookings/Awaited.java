package io.headwaiter.gateway.bookings;

/**
 * The outcome that somebody waits for, by what an event's headers say. The fingerprint belongs to it: the same request id with
 * another payload has another outcome.
 */
record Awaited(String requestId, String fingerprint) {

    static Awaited of(RequestToken token) {
        return new Awaited(token.id().toString(), token.fingerprint().hex());
    }
}
