package io.headwaiter.gateway.bookings;

import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestKey;

/** All there is to know of a request in order to find its outcome, or to send something after it. */
record RequestToken(RequestId id, RequestKey key, Fingerprint fingerprint) {}
