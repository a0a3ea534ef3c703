package io.headwaiter.local.run;

/** Why it cannot start or go on. The message is for whoever typed the command: what is wrong, and what to do. */
final class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1;

    CannotStart(String sentence) {
        super(sentence);
    }

    CannotStart(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
