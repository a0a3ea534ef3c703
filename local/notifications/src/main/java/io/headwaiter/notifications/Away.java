package io.headwaiter.notifications;

/** Something that is needed is away or cannot do its work: wait, and try again for as long as it takes. */
final class Away extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The sentence goes to the log, so it has nothing of a guest in it. For the same reason there is no cause. */
    Away(String sentence) {
        super(sentence);
    }
}
