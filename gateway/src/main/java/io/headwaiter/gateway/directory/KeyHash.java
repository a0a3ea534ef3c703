package io.headwaiter.gateway.directory;

import io.headwaiter.schemas.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** All that is kept of an API key: the SHA-256 of the whole of it. */
record KeyHash(String hex) {

    static KeyHash of(String key) {
        return stored(Sha256.of(key.getBytes(StandardCharsets.UTF_8)));
    }

    static KeyHash stored(byte[] sha256) {
        return new KeyHash(HexFormat.of().formatHex(sha256));
    }
}
