/** What the consumers of both apps have in common: how they share partitions, try again, are measured, and end. */
@NullMarked
package io.headwaiter.consumers;

import org.jspecify.annotations.NullMarked;
