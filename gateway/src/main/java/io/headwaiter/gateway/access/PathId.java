package io.headwaiter.gateway.access;

import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An id as a path has it: a positive number, written in one way only. */
public final class PathId {

    private static final Pattern SHAPE = Pattern.compile("[1-9][0-9]{0,18}");

    private PathId() {}

    /** The id; empty when nothing can have such a one. */
    public static OptionalLong parse(@Nullable String text) {
        if (text == null || !SHAPE.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException tooLarge) {
            return OptionalLong.empty();
        }
    }
}
