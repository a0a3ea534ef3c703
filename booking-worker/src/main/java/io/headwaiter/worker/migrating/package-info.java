/** The {@code migrate} command: roles, tables, topics and the first admin key. */
@NullMarked
package io.headwaiter.worker.migrating;

import org.jspecify.annotations.NullMarked;
