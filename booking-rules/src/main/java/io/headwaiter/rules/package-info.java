/** The rules of taking a booking: data and a time in, a decision out. No clock, no database, no framework. */
@NullMarked
package io.headwaiter.rules;

import org.jspecify.annotations.NullMarked;
