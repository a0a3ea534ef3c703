/** What a caller hears when something is wrong: RFC 9457 problem details, made in one place. */
@NullMarked
package io.headwaiter.gateway.problems;

import org.jspecify.annotations.NullMarked;
