package io.headwaiter.rules;

/** The house has given the table back. */
public record Unblocked() implements Decision {}
