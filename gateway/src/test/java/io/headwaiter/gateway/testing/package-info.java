/** A gateway with all that stands behind it, as its callers see it. */
@NullMarked
package io.headwaiter.gateway.testing;

import org.jspecify.annotations.NullMarked;
