/** One command: a load, a schedule of faults that follows from a seed, and what held. */
@NullMarked
package io.headwaiter.local.faults;

import org.jspecify.annotations.NullMarked;
