/** Decides batches of requests in PostgreSQL transactions. Knows nothing of Kafka. */
@NullMarked
package io.headwaiter.worker.deciding;

import org.jspecify.annotations.NullMarked;
