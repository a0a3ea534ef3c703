package io.headwaiter.notifications;

/** The mail server takes mails, but not this one: waiting for ever would keep all others waiting. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** As with {@link Away}, nothing of a guest. */
    Refused(String sentence) {
        super(sentence);
    }
}
