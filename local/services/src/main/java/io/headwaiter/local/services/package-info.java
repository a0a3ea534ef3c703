/** A real broker and a real database on this machine, each a process that dies with the JVM that started it. */
@NullMarked
package io.headwaiter.local.services;

import org.jspecify.annotations.NullMarked;
