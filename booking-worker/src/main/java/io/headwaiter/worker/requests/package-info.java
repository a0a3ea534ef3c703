/** Kafka in and Kafka out: one poll, one batch, or a few side by side; commit, publish, commit the offset. */
@NullMarked
package io.headwaiter.worker.requests;

import org.jspecify.annotations.NullMarked;
