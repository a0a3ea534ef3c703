/** A restaurant's guests. */
@NullMarked
package io.headwaiter.gateway.clients;

import org.jspecify.annotations.NullMarked;
