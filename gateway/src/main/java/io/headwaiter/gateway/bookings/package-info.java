/** Booking requests on their way in, and their outcomes on the way out. */
@NullMarked
package io.headwaiter.gateway.bookings;

import org.jspecify.annotations.NullMarked;
