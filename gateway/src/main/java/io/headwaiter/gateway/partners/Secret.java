package io.headwaiter.gateway.partners;

import io.headwaiter.schemas.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** A key itself. It is shown once, and only its hash is kept. */
record Secret(String text) {

    /** Tells people, and programs that look for keys in the wrong places, what this is. */
    private static final String PREFIX = "hw_";

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static Secret random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Secret(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    byte[] hash() {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** It is for nobody's log. */
    @Override
    public String toString() {
        return "Secret";
    }
}
