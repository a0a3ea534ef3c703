package io.headwaiter.local.faults.history;

/** Holds a history against one thing that is promised. */
interface Checker {

    Finding check(History history);
}
