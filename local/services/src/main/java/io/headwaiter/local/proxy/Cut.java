package io.headwaiter.local.proxy;

/** Where, at a COMMIT, a connection breaks. */
public enum Cut {
    BEFORE("before the COMMIT reached the server"),
    AFTER("after the COMMIT was done, before its client heard so");

    private final String words;

    Cut(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
