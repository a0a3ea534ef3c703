/** Other people's clients use what Headwaiter publishes. Where one cannot be had, its tests are skipped and say why. */
@NullMarked
package io.headwaiter.local.foreignclients;

import org.jspecify.annotations.NullMarked;
