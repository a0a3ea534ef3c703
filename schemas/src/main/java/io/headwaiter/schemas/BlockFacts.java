package io.headwaiter.schemas;

import java.time.Instant;

/** Time of a table that the house keeps for itself, {@code [from, to)}. @param id unique within the restaurant */
public record BlockFacts(long id, long tableId, Instant from, Instant to) {}
