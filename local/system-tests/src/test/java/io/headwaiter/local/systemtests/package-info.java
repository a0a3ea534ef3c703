/** Tests of the whole. */
@NullMarked
package io.headwaiter.local.systemtests;

import org.jspecify.annotations.NullMarked;
