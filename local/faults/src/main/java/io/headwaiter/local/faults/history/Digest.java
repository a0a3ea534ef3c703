package io.headwaiter.local.faults.history;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The SHA-256 of a record as it goes over the wire: two records with one digest have the same key, headers and value. */
public record Digest(long first, long second, long third, long fourth) {

    /** Of all there is to a record. */
    public static Digest of(byte @Nullable [] key, Headers headers, byte @Nullable [] value) {
        MessageDigest sha = sha();
        part(sha, key);
        for (Header header : headers) {
            part(sha, header.key().getBytes(StandardCharsets.UTF_8));
            part(sha, header.value());
        }
        part(sha, value);
        return from(sha.digest());
    }

    /** Of bytes. */
    public static Digest of(byte @Nullable [] bytes) {
        MessageDigest sha = sha();
        part(sha, bytes);
        return from(sha.digest());
    }

    /** From the 64 hexadecimal digits that a digest is written as. */
    @JsonCreator
    public static Digest parse(String hex) {
        return from(HexFormat.of().parseHex(hex));
    }

    private static Digest from(byte[] sha) {
        ByteBuffer buffer = ByteBuffer.wrap(sha);
        return new Digest(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    }

    /** With its length before it, so that no two lists of parts look alike. */
    private static void part(MessageDigest sha, byte @Nullable [] bytes) {
        sha.update(ByteBuffer.allocate(Integer.BYTES)
                .putInt(bytes == null ? -1 : bytes.length)
                .flip());
        if (bytes != null) {
            sha.update(bytes);
        }
    }

    private static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }

    @JsonValue
    @Override
    public String toString() {
        return HexFormat.of()
                .formatHex(ByteBuffer.allocate(4 * Long.BYTES)
                        .putLong(first)
                        .putLong(second)
                        .putLong(third)
                        .putLong(fourth)
                        .array());
    }
}
