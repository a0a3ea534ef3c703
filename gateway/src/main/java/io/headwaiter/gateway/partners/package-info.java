/** Who may ask at all: partners, and their keys. For the scope {@code platform} alone. */
@NullMarked
package io.headwaiter.gateway.partners;

import org.jspecify.annotations.NullMarked;
