package io.headwaiter.rules;

/** The outcome of an {@link Ask}. A refusal is a value; an exception would be a bug. */
public sealed interface Decision permits Confirmed, Rejected {}
