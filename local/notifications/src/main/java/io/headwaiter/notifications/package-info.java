/** Follows what was decided and mails guests and restaurants: an example of a program beside Headwaiter. */
@NullMarked
package io.headwaiter.notifications;

import org.jspecify.annotations.NullMarked;
