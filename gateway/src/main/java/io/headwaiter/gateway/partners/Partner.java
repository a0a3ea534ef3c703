package io.headwaiter.gateway.partners;

import java.time.Instant;

/** Somebody with keys. */
record Partner(long id, String name, Instant createdAt) {}
