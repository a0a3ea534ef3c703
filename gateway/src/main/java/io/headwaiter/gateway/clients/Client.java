package io.headwaiter.gateway.clients;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A guest as the restaurant knows them. */
record Client(long id, String name, String email, @Nullable String phone, Instant createdAt) {}
