package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.GatewayProperties;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Writes a {@link RequestToken} as text that only a gateway can have made, so that none of them need be stored:
 * {@code base64url(version, request id, restaurant, table, fingerprint, MAC)}. The MAC is the first 128 bits of an
 * HMAC-SHA256 over all that stands before it.
 */
@Component
class SealTokens {

    private static final byte VERSION = 1;
    private static final int ID_BYTES = 16;
    private static final int FINGERPRINT_BYTES = 16;
    private static final int PAYLOAD_BYTES = 1 + ID_BYTES + 2 * Long.BYTES + FINGERPRINT_BYTES;
    private static final int MAC_BYTES = 16;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec secret;

    SealTokens(GatewayProperties properties) {
        this.secret = new SecretKeySpec(Base64.getDecoder().decode(properties.tokenSecret()), ALGORITHM);
    }

    String seal(RequestToken token) {
        byte[] payload = ByteBuffer.allocate(PAYLOAD_BYTES)
                .put(VERSION)
                .put(token.id().bytes())
                .putLong(token.key().restaurantId())
                .putLong(token.key().tableId())
                .put(token.fingerprint().bytes())
                .array();
        return text(ByteBuffer.allocate(PAYLOAD_BYTES + MAC_BYTES)
                .put(payload)
                .put(mac(payload))
                .array());
    }

    /** The token; empty when it is not one that a gateway with this secret has sealed. */
    Optional<RequestToken> open(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        // The decoder ignores some bits of the last character: one token must not have several names.
        if (bytes.length != PAYLOAD_BYTES + MAC_BYTES
                || bytes[0] != VERSION
                || !text(bytes).equals(text)) {
            return Optional.empty();
        }
        byte[] payload = Arrays.copyOf(bytes, PAYLOAD_BYTES);
        byte[] mac = Arrays.copyOfRange(bytes, PAYLOAD_BYTES, bytes.length);
        return MessageDigest.isEqual(mac, mac(payload)) ? Optional.of(read(payload)) : Optional.empty();
    }

    private static RequestToken read(byte[] payload) {
        ByteBuffer buffer = ByteBuffer.wrap(payload, 1, PAYLOAD_BYTES - 1);
        byte[] id = new byte[ID_BYTES];
        buffer.get(id);
        RequestKey key = new RequestKey(buffer.getLong(), buffer.getLong());
        byte[] fingerprint = new byte[FINGERPRINT_BYTES];
        buffer.get(fingerprint);
        return new RequestToken(RequestId.of(id), key, Fingerprint.of(fingerprint));
    }

    private byte[] mac(byte[] payload) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return Arrays.copyOf(mac.doFinal(payload), MAC_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every Java platform has " + ALGORITHM, impossible);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
