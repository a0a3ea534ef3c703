/** What can stand between an application and PostgreSQL, and go wrong there: connections that break, answers that take longer. */
@NullMarked
package io.headwaiter.local.proxy;

import org.jspecify.annotations.NullMarked;
