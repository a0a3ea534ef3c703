/** What a restaurant can offer a party. */
@NullMarked
package io.headwaiter.gateway.availability;

import org.jspecify.annotations.NullMarked;
