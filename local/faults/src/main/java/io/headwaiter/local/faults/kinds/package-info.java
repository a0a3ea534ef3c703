/** What goes wrong on purpose: each kind of fault, what must hold besides what always must, and how long it took to recover. */
@NullMarked
package io.headwaiter.local.faults.kinds;

import org.jspecify.annotations.NullMarked;
