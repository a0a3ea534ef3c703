package io.headwaiter.gateway.deliveries;

import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * A delivery that is to be tried now.
 *
 * @param attempts how often it was tried before
 * @param url where to, as of now
 * @param sealedSecrets those that sign: the current one and, for a while after it was rotated, the one before
 * @param body what is sent, and signed
 * @param now the database's time
 */
record Due(
        long id,
        long endpointId,
        String eventId,
        int attempts,
        URI url,
        List<byte[]> sealedSecrets,
        byte[] body,
        Instant now) {

    /** Neither secrets nor events are for a log. */
    @Override
    public String toString() {
        return "delivery " + id + " to endpoint " + endpointId;
    }
}
