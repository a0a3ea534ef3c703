/** Who may ask, and every restaurant's rules, whole in memory: requests are taken while the database is away. */
@NullMarked
package io.headwaiter.gateway.directory;

import org.jspecify.annotations.NullMarked;
