/**
 * Measures the real processes on this machine: how fast a backlog is decided, and how long a caller waits for a booking, or to
 * learn what is free.
 */
@NullMarked
package io.headwaiter.local.benchmark;

import org.jspecify.annotations.NullMarked;
