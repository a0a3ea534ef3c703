package io.headwaiter.local.faults.history;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a request is known by everywhere: in the token that its caller gets, in the headers of its event, and where its decision
 * is stored.
 *
 * @param request 128 bits, the same for every retry
 * @param fingerprint 128 bits of what was asked: another one under the same id is another request
 */
public record Ticket(long restaurantId, UUID request, UUID fingerprint) {

    /** Version, request id, restaurant, table, fingerprint, MAC: as the gateways write it. */
    private static final int TOKEN_BYTES = 1 + 16 + 8 + 8 + 16 + 16;

    /** A request, whatever was asked under its id. */
    record Name(long restaurantId, UUID request) {}

    Name name() {
        return new Name(restaurantId, request);
    }

    /**
     * Of the token that a caller was given. Callers must not look into it; the harness does, to find what it names by itself.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Ticket of(String token) {
        byte[] bytes = Base64.getUrlDecoder().decode(token);
        if (bytes.length != TOKEN_BYTES || bytes[0] != 1) {
            throw new IllegalArgumentException("not a token as this harness knows them: " + token);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, TOKEN_BYTES - 1);
        UUID request = new UUID(buffer.getLong(), buffer.getLong());
        long restaurant = buffer.getLong();
        buffer.getLong();
        return new Ticket(restaurant, request, new UUID(buffer.getLong(), buffer.getLong()));
    }

    /** Of what the headers of an event say. */
    public static Ticket of(long restaurantId, @Nullable String requestId, @Nullable String fingerprint) {
        return new Ticket(
                restaurantId,
                uuid(Objects.requireNonNull(requestId, "no ce_requestid")),
                uuid(Objects.requireNonNull(fingerprint, "no ce_fingerprint")));
    }

    static UUID uuid(String hex) {
        return new UUID(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16));
    }
}
