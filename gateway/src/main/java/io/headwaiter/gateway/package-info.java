/** The gateway: HTTP in, HTTP out. It checks, authenticates, publishes requests and answers; it decides nothing. */
@NullMarked
package io.headwaiter.gateway;

import org.jspecify.annotations.NullMarked;
