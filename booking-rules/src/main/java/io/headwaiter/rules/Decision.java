package io.headwaiter.rules;

/** The outcome of what was asked. A refusal is a value; an exception would be a bug. */
public sealed interface Decision permits Confirmed, Cancelled, StatusChanged, Blocked, Unblocked, Rejected {}
