package io.headwaiter.worker.migrating;

/** What only an operator can mend. The message is a sentence that says how. */
final class WrongSetup extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WrongSetup(String message) {
        super(message);
    }
}
