package io.headwaiter.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;

/** Names a request for ever: 128 bits, 32 hexadecimal digits as text. A retry of a request has the same. */
public record RequestId(UUID value) {

    private static final SecureRandom RANDOM = new SecureRandom();
    /** RFC 9562's, in the first two bits of the second half. */
    private static final long VARIANT = 0x80L << 56;

    /**
     * A new one, as RFC 9562 makes version 7: the time in milliseconds, then 74 bits at random. Those of one hour are neighbours in
     * an index, on pages that are in memory, however many have come before them.
     */
    public static RequestId create() {
        long time = System.currentTimeMillis() << 16 | 0x7000 | RANDOM.nextInt() & 0xFFF;
        return new RequestId(new UUID(time, VARIANT | RANDOM.nextLong() >>> 2));
    }

    /** The id of whatever this partner asks of this restaurant under this {@code Idempotency-Key}. */
    public static RequestId derive(long partnerId, long restaurantId, String idempotencyKey) {
        String name = partnerId + "\n" + restaurantId + "\n" + idempotencyKey;
        return of(Sha256.of(name.getBytes(StandardCharsets.UTF_8)));
    }

    /** The id in the first 16 of these bytes. */
    public static RequestId of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new RequestId(new UUID(buffer.getLong(), buffer.getLong()));
    }

    /** @throws IllegalArgumentException when {@code text} is not 32 hexadecimal digits */
    public static RequestId parse(String text) {
        byte[] bytes = HexFormat.of().parseHex(text);
        if (bytes.length != 16) {
            throw new IllegalArgumentException("a request id has 32 hexadecimal digits");
        }
        return of(bytes);
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(16)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits())
                .array();
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
