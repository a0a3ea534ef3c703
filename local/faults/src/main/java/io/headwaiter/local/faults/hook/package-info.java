/**
 * Runs inside of a worker that the harness starts, and in no other: lets the process end, or stand still, at a point of its work
 * that no signal from outside could meet.
 */
@NullMarked
package io.headwaiter.local.faults.hook;

import org.jspecify.annotations.NullMarked;
