/** The contracts, as they are published, and a page to try them out. For everybody: they hold no secret. */
@NullMarked
package io.headwaiter.gateway.contracts;

import org.jspecify.annotations.NullMarked;
