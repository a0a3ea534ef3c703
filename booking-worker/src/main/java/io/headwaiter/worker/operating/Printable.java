package io.headwaiter.worker.operating;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as a terminal may see them: what stands in a record is anybody's, and must neither move a cursor nor forge a line.
 * Printable ASCII is itself, but a backslash is two; any other byte is {@code \xNN}. So nothing is lost.
 */
final class Printable {

    private Printable() {}

    static String of(byte @Nullable [] bytes) {
        return bytes == null ? "(none)" : of(bytes, bytes.length);
    }

    /** Of the first so many at the most; says how many were left out. */
    static String of(byte[] bytes, int longest) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(bytes.length, longest); i++) {
            append(text, bytes[i] & 0xff);
        }
        if (bytes.length > longest) {
            text.append(" ... and ").append(bytes.length - longest).append(" bytes more");
        }
        return text.toString();
    }

    static String of(@Nullable String text) {
        return text == null ? "(none)" : of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void append(StringBuilder text, int value) {
        if (value == '\\') {
            text.append("\\\\");
        } else if (value >= ' ' && value <= '~') {
            text.append((char) value);
        } else {
            text.append("\\x%02x".formatted(value));
        }
    }
}
