/** The {@code retire} command: what is long over is moved out of the way of those who decide, and dropped by age. */
@NullMarked
package io.headwaiter.worker.retiring;

import org.jspecify.annotations.NullMarked;
