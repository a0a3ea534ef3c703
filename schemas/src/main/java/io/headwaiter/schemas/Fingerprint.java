package io.headwaiter.schemas;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Tells two payloads under one {@link RequestId} apart: the first 128 bits of a SHA-256 over what was asked, as 32
 * hexadecimal digits. It is taken once, by the gateway, and travels with the request, so that a worker of another version
 * never disagrees about it.
 */
public record Fingerprint(String hex) {

    public Fingerprint {
        if (HexFormat.of().parseHex(hex).length != 16 || !hex.equals(hex.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("a fingerprint has 32 lower-case hexadecimal digits");
        }
    }

    /** Of what is asked, apart from when and how often it is asked. No two types of request are written alike. */
    public static Fingerprint of(Request asked) {
        return of(Arrays.copyOf(Sha256.of(MessageJson.write(asked)), 16));
    }

    public static Fingerprint of(byte[] bytes) {
        return new Fingerprint(HexFormat.of().formatHex(bytes));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
