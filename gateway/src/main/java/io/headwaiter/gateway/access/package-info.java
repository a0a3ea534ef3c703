/** Who is calling, which restaurants they reach, and what they may do there. */
@NullMarked
package io.headwaiter.gateway.access;

import org.jspecify.annotations.NullMarked;
