package io.headwaiter.rules;

/** The booking is given back, and its table is free. */
public record Cancelled() implements Decision {}
