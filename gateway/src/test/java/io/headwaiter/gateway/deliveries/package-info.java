@NullMarked
package io.headwaiter.gateway.deliveries;

import org.jspecify.annotations.NullMarked;
