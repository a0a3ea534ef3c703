package io.headwaiter.notifications;

/** The mail server takes mails, but not this one: waiting for ever would keep all others waiting. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean forGood;

    /**
     * As with {@link Away}, nothing of a guest.
     *
     * @param forGood whether there is no use in trying it again
     */
    Refused(String sentence, boolean forGood) {
        super(sentence);
        this.forGood = forGood;
    }

    boolean forGood() {
        return forGood;
    }
}
