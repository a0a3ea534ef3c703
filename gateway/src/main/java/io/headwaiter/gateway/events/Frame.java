package io.headwaiter.gateway.events;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** An event as streams write it: made once, whoever is to write it. */
final class Frame {

    private final long offset;
    private final byte[] bytes;
    /** Of how many backlogs it is. */
    final AtomicInteger holders = new AtomicInteger();

    Frame(EventId id, String type, byte[] json) {
        this.offset = id.offset();
        // A line of JSON as we write it. Should it be another's, of several lines, so are its data.
        String data = new String(json, StandardCharsets.UTF_8).replaceAll("\r\n?|\n", "\ndata: ");
        this.bytes = ("id: " + id + "\nevent: " + type + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    long offset() {
        return offset;
    }

    byte[] bytes() {
        return bytes;
    }
}
