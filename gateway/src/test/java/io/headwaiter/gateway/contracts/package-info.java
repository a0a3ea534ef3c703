/** The running gateway, held against its own documents. */
@NullMarked
package io.headwaiter.gateway.contracts;

import org.jspecify.annotations.NullMarked;
