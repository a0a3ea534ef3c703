@NullMarked
package io.headwaiter.consumers;

import org.jspecify.annotations.NullMarked;
