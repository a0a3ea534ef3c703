package io.headwaiter.worker.operating;

/** What a command will not do. The message is a sentence that says why, or how it is done. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Refused(String message) {
        super(message);
    }
}
