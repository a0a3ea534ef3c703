/** Starts everything on this machine, keeps it running, and stops it in order. */
@NullMarked
package io.headwaiter.local.run;

import org.jspecify.annotations.NullMarked;
