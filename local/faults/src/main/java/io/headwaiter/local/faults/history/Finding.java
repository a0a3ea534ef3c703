package io.headwaiter.local.faults.history;

import java.util.List;

/**
 * What a checker found.
 *
 * @param guarantee what was to hold, as a row of a table says it
 * @param violations how often it did not
 * @param first the first few of them, in words
 */
public record Finding(String guarantee, long violations, List<String> first) {

    public boolean holds() {
        return violations == 0;
    }
}
