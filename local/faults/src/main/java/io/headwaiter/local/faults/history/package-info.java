/** What was asked, told, published and stored in a run, and the checkers that hold it against what is promised. */
@NullMarked
package io.headwaiter.local.faults.history;

import org.jspecify.annotations.NullMarked;
