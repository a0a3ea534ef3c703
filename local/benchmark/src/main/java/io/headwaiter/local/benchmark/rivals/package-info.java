/**
 * The rival that is an application of its own: bookings decided while their caller waits, without Kafka. Written to be as fast as
 * it can be: a rival that is slow proves nothing.
 */
@NullMarked
package io.headwaiter.local.benchmark.rivals;

import org.jspecify.annotations.NullMarked;
