/** An operator's commands: dead letters looked at and sent again, published events compared with what is decided. */
@NullMarked
package io.headwaiter.worker.operating;

import org.jspecify.annotations.NullMarked;
