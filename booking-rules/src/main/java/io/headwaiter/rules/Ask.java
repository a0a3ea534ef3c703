package io.headwaiter.rules;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a party asks for: to sit down at {@code start}, so many of them, at that table or (null) at one of the house's choice. */
public record Ask(Instant start, int guests, @Nullable Long tableId) {}
