/** The callers of a run, and those who write down what became of it. */
@NullMarked
package io.headwaiter.local.faults.load;

import org.jspecify.annotations.NullMarked;
