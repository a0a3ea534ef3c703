/** What happens, as it happens: the one tail of {@code booking.events} that everybody here hears from, and the live stream. */
@NullMarked
package io.headwaiter.gateway.events;

import org.jspecify.annotations.NullMarked;
