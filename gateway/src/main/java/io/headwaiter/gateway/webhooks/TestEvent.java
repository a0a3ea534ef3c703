package io.headwaiter.gateway.webhooks;

import io.headwaiter.schemas.MessageJson;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;

/** An event about nothing but an endpoint: shows its partner that it can be reached, and that signatures are understood. */
record TestEvent(String type, Instant timestamp, Data data) {

    private static final int ID_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    record Data(long webhookEndpointId) {}

    static TestEvent to(long endpointId, Instant now) {
        return new TestEvent(EventTypes.TEST, now, new Data(endpointId));
    }

    /** Each is an event of its own. */
    static String randomId() {
        byte[] bytes = new byte[ID_BYTES];
        RANDOM.nextBytes(bytes);
        return "test_" + HexFormat.of().formatHex(bytes);
    }

    byte[] body() {
        return MessageJson.write(this);
    }
}
