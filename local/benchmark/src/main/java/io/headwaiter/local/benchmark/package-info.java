/**
 * Measures the real processes on this machine, beside rivals that get the same load: how much is decided and answered, how long
 * callers wait, what each part costs, and what must hold in the database afterwards.
 */
@NullMarked
package io.headwaiter.local.benchmark;

import org.jspecify.annotations.NullMarked;
