package io.headwaiter.worker.deciding;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The rows of a set-based statement, as the arrays that {@code unnest} makes rows of again. */
record Columns<T>(List<T> rows) {

    Long[] longs(ToLongFunction<T> value) {
        return rows.stream().map(value::applyAsLong).toArray(Long[]::new);
    }

    @Nullable
    Long[] longsOrNull(Function<T, @Nullable Long> value) {
        return rows.stream().map(value).toArray(Long[]::new);
    }

    /** Also instants and request ids, for the statement to cast. */
    String[] texts(Function<T, Object> value) {
        return rows.stream().map(value).map(Object::toString).toArray(String[]::new);
    }

    @Nullable
    String[] textsOrNull(Function<T, @Nullable Object> value) {
        return rows.stream()
                .map(value)
                .map(object -> object == null ? null : object.toString())
                .toArray(String[]::new);
    }

    byte @Nullable [][] bytesOrNull(Function<T, byte @Nullable []> value) {
        return rows.stream().map(value).toArray(byte[][]::new);
    }

    byte[][] bytes(Function<T, byte[]> value) {
        return rows.stream().map(value).toArray(byte[][]::new);
    }
}
