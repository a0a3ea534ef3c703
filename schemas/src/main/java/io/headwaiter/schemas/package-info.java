/** Every contract of Headwaiter: messages, topics and keys. Depends on nothing of ours. */
@NullMarked
package io.headwaiter.schemas;

import org.jspecify.annotations.NullMarked;
