/** Where partners want to hear of events, as they manage it: endpoints, their secrets, and what was sent there. */
@NullMarked
package io.headwaiter.gateway.webhooks;

import org.jspecify.annotations.NullMarked;
