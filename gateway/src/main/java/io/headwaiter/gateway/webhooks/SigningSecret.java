package io.headwaiter.gateway.webhooks;

import java.security.SecureRandom;
import java.util.Base64;

/** What signs the deliveries to an endpoint. It is shown once, and kept sealed. */
final class SigningSecret {

    /** Of Standard Webhooks, whose libraries take the text as it is. */
    private static final String PREFIX = "whsec_";

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] bytes = new byte[BYTES];

    /** A new one. */
    SigningSecret() {
        RANDOM.nextBytes(bytes);
    }

    String text() {
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    byte[] sealedBy(SealSecrets seal) {
        return seal.seal(bytes);
    }
}
