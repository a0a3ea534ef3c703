/** From an event to a signed request at a partner's endpoint: which endpoints get it, when it is tried, and how it is sent. */
@NullMarked
package io.headwaiter.gateway.deliveries;

import org.jspecify.annotations.NullMarked;
