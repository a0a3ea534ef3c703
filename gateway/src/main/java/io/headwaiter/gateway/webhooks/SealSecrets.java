package io.headwaiter.gateway.webhooks;

import io.headwaiter.gateway.GatewayProperties;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.crypto.encrypt.AesBytesEncryptor;
import org.springframework.security.crypto.encrypt.AesBytesEncryptor.CipherAlgorithm;
import org.springframework.security.crypto.encrypt.BytesEncryptor;
import org.springframework.security.crypto.keygen.KeyGenerators;
import org.springframework.stereotype.Component;

/**
 * Seals what signs webhooks, so that whoever reads the database, or a backup of it, can sign nothing. Every gateway opens what
 * another one has sealed: the key follows from the secret that they share. AES-GCM with 256 bits, a random nonce before it.
 */
@Component
public class SealSecrets {

    private static final String ALGORITHM = "HmacSHA256";

    /** Keeps this key apart from whatever else the gateways' secret is used for. */
    private static final String LABEL = "headwaiter: secrets of webhook endpoints";

    private static final int NONCE_BYTES = 16;

    private final BytesEncryptor encryptor;

    SealSecrets(GatewayProperties properties) {
        this.encryptor = new AesBytesEncryptor(
                key(Base64.getDecoder().decode(properties.tokenSecret())),
                KeyGenerators.secureRandom(NONCE_BYTES),
                CipherAlgorithm.GCM);
    }

    private static SecretKey key(byte[] shared) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(shared, ALGORITHM));
            return new SecretKeySpec(mac.doFinal(LABEL.getBytes(StandardCharsets.UTF_8)), "AES");
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every Java platform has " + ALGORITHM, impossible);
        }
    }

    /** @param secret the bytes that sign, without the prefix and the base64 that partners see */
    public byte[] seal(byte[] secret) {
        return encryptor.encrypt(secret);
    }

    /** @throws IllegalStateException when no gateway with this token secret has sealed it, or when it was changed */
    public byte[] unseal(byte[] sealed) {
        return encryptor.decrypt(sealed);
    }

    /** As {@link #unseal}; empty when it was sealed under another token secret, before that was replaced. */
    public Optional<byte[]> unsealIfOurs(byte[] sealed) {
        try {
            return Optional.of(unseal(sealed));
        } catch (IllegalStateException anothers) {
            return Optional.empty();
        }
    }
}
