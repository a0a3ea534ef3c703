package io.headwaiter.local.faults.history;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what should not be, and keeps the first few. */
final class Violations {

    private static final int KEPT = 10;

    private final String guarantee;
    private final List<String> first = new ArrayList<>();
    private long count;

    Violations(String guarantee) {
        this.guarantee = guarantee;
    }

    /** @param arguments of the sentence, which is written only while it is kept */
    void add(String sentence, @Nullable Object... arguments) {
        count++;
        if (first.size() < KEPT) {
            first.add(sentence.formatted(arguments));
        }
    }

    Finding found() {
        return new Finding(guarantee, count, List.copyOf(first));
    }
}
