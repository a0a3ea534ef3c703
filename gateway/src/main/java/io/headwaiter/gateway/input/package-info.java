/** What callers send, read strictly: what is not understood is refused, never guessed at. */
@NullMarked
package io.headwaiter.gateway.input;

import org.jspecify.annotations.NullMarked;
