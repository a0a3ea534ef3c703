package io.headwaiter.local.benchmark;

/** The names of those figures that a target speaks of. */
final class Figures {

    static final String ANSWERED = "answered a second";
    static final String DECIDED = "decided a second";
    static final String ACCEPTED = "accepted a second";
    static final String MEDIAN = "median ms";
    static final String P99 = "p99 ms";
    static final String REFUSED = "requests refused";
    static final String LOST = "requests lost";
    static final String CAUGHT_UP = "all of them decided after, s";
    static final String DATABASE_CPU = "CPU us a booking, PostgreSQL";

    private Figures() {}
}
