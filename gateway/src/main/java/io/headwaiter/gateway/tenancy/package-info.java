/** The wall between restaurants, as the gateway's transactions meet it. */
@NullMarked
package io.headwaiter.gateway.tenancy;

import org.jspecify.annotations.NullMarked;
