package io.headwaiter.local.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** Tells, of the messages that one client sends to PostgreSQL, which one runs COMMIT. The client may have given the statement a name. */
final class FindCommit {

    private static final String COMMIT = "COMMIT";

    private final Set<String> names = new HashSet<>();

    /** @param body what follows type and length */
    boolean isCommit(byte type, byte[] body) {
        ByteBuffer buffer = ByteBuffer.wrap(body);
        switch (type) {
            case 'Q' -> {
                return text(buffer).strip().equalsIgnoreCase(COMMIT);
            }
            case 'P' -> {
                String name = text(buffer);
                if (text(buffer).strip().equalsIgnoreCase(COMMIT)) {
                    names.add(name);
                } else {
                    names.remove(name);
                }
                return false;
            }
            case 'B' -> {
                text(buffer);
                return names.contains(text(buffer));
            }
            case 'C' -> {
                if (buffer.get() == 'S') {
                    names.remove(text(buffer));
                }
                return false;
            }
            default -> {
                return false;
            }
        }
    }

    private static String text(ByteBuffer buffer) {
        int from = buffer.position();
        while (buffer.get() != 0) {
            // To its end.
        }
        return new String(buffer.array(), from, buffer.position() - 1 - from, StandardCharsets.UTF_8);
    }
}
