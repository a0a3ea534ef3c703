package io.headwaiter.gateway.setup;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whether the elements of a list differ in what would be their key in the database. */
final class Distinct {

    private Distinct() {}

    static <T> boolean by(List<T> list, Function<T, ? extends @Nullable Object> key) {
        Set<@Nullable Object> seen = new HashSet<>();
        return list.stream().map(key).allMatch(seen::add);
    }
}
