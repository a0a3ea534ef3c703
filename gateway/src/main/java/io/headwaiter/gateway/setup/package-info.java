/** A restaurant as its house sets it up: its rules, its tables and its days, and what their change means for reservations. */
@NullMarked
package io.headwaiter.gateway.setup;

import org.jspecify.annotations.NullMarked;
