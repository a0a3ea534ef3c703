/** The worker as tests see it: records in, events out, and the database behind. */
@NullMarked
package io.headwaiter.worker.testing;

import org.jspecify.annotations.NullMarked;
