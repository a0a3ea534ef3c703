package io.headwaiter.worker.requests;

/** What a record turns out to be. */
sealed interface Reading permits Incoming, DeadLetter {}
