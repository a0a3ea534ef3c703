package io.headwaiter.local.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where an HTTP/1.1 answer ends.
 *
 * @param bodyAt where its body begins; when it comes in chunks, with the first one's length
 * @param closing whether the server closes the connection now
 */
record HttpAnswer(int bodyAt, int end, boolean closing) {

    private static final int STATUS_AT = 9;
    private static final String LENGTH = "\r\ncontent-length:";

    static int status(byte[] bytes) {
        return 100 * (bytes[STATUS_AT] - '0') + 10 * (bytes[STATUS_AT + 1] - '0') + bytes[STATUS_AT + 2] - '0';
    }

    /** Null until it is whole. */
    static @Nullable HttpAnswer in(byte[] bytes, int length) {
        int bodyAt = afterBlankLine(bytes, 0, length);
        if (bodyAt < 0) {
            return null;
        }
        String head = new String(bytes, 0, bodyAt, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        int end;
        int at = head.indexOf(LENGTH);
        if (at >= 0) {
            int from = at + LENGTH.length();
            end = bodyAt
                    + Integer.parseInt(
                            head.substring(from, head.indexOf('\r', from)).strip());
        } else if (head.contains("\r\ntransfer-encoding: chunked")) {
            end = afterChunks(bytes, bodyAt, length);
        } else {
            end = bodyAt;
        }
        return end < 0 || end > length ? null : new HttpAnswer(bodyAt, end, head.contains("\r\nconnection: close"));
    }

    private static int afterBlankLine(byte[] bytes, int from, int length) {
        for (int i = from; i + 3 < length; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                return i + 4;
            }
        }
        return -1;
    }

    private static int afterChunks(byte[] bytes, int from, int length) {
        int at = from;
        while (at < length) {
            int size = 0;
            while (at < length && bytes[at] != '\r') {
                size = 16 * size + Character.digit(bytes[at], 16);
                at++;
            }
            // Behind the line, the chunk and the end of its own line.
            at += 2 + size + 2;
            if (size == 0) {
                return at;
            }
        }
        return -1;
    }
}
