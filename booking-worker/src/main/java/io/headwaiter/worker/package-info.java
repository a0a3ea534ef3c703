/** The worker: reads requests, has them decided, publishes what was decided. */
@NullMarked
package io.headwaiter.worker;

import org.jspecify.annotations.NullMarked;
