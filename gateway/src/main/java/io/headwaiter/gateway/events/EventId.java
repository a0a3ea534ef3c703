package io.headwaiter.gateway.events;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a stream is, as its {@code id} says: a place in the topic, opaque to callers.
 *
 * @param offset of the last event that there is nothing more to tell of; -1 when none is
 */
record EventId(int partition, long offset) {

    private static final Pattern SHAPE = Pattern.compile("(0|[1-9][0-9]{0,3})-(-1|0|[1-9][0-9]{0,17})");

    static Optional<EventId> parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        return shape.matches()
                ? Optional.of(new EventId(Integer.parseInt(shape.group(1)), Long.parseLong(shape.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return partition + "-" + offset;
    }
}
