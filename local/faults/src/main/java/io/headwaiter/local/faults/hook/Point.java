package io.headwaiter.local.faults.hook;

/** A point between two of a batch's steps, in their order. */
public enum Point {
    AFTER_POLL("after the poll"),
    IN_TRANSACTION("in the transaction"),
    AFTER_COMMIT("after the commit, before the events are published"),
    AFTER_PUBLISH("after the events were published, before the offsets are committed");

    private final String words;

    Point(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
