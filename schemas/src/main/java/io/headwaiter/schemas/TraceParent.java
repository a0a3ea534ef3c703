package io.headwaiter.schemas;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Where in which trace a request was sent: the header {@code traceparent} of W3C's Trace Context, version 00. It informs, and
 * decides nothing: it is no part of the request's payload, nor of its fingerprint.
 */
public record TraceParent(String value) {

    /** The header of a record of {@link Topics#REQUESTS}. Only requests whose trace is recorded have it. */
    public static final String HEADER = "traceparent";

    private static final int LENGTH = 55;
    private static final Pattern SHAPE = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    public TraceParent {
        if (value.length() != LENGTH || !SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("no traceparent");
        }
    }

    /** A record's; null when it has none, or one that makes no sense, which is no reason to refuse the record. */
    public static @Nullable TraceParent of(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        if (header == null || header.value() == null || header.value().length != LENGTH) {
            return null;
        }
        try {
            return new TraceParent(new String(header.value(), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException garbage) {
            return null;
        }
    }
}
