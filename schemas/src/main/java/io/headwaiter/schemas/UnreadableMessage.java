package io.headwaiter.schemas;

/** A record that is no message of ours, and never will be. */
public final class UnreadableMessage extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;

    /** @param code stable, for machines; @param detail a sentence, for people */
    public UnreadableMessage(String code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
