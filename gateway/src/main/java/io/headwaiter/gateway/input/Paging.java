package io.headwaiter.gateway.input;

import java.util.List;
import java.util.Set;

/**
 * Which page of a list by id a caller wants.
 *
 * @param after the id after which the page begins
 * @param limit of what is on it
 */
public record Paging(long after, int limit) {

    public static final Set<String> PARAMETERS = Set.of("limit", "after");

    private static final int BY_DEFAULT = 50;
    private static final int LARGEST = 200;

    /** @throws RuntimeException 400 {@code limit_invalid} or {@code after_invalid} */
    public static Paging of(Query query) {
        long after = query.text("after")
                .map(text -> Query.wholeNumber("after", text))
                .orElse(0L);
        return new Paging(after, limit(query));
    }

    /** For a list that is not sorted by id. @throws RuntimeException 400 {@code limit_invalid} */
    public static int limit(Query query) {
        long limit = query.text("limit")
                .map(text -> Query.wholeNumber("limit", text))
                .orElse((long) BY_DEFAULT);
        if (limit < 1 || limit > LARGEST) {
            throw Query.invalid("limit", "The parameter limit must be from 1 to " + LARGEST + ".");
        }
        return (int) limit;
    }

    /** What is on the page, of a list that goes one farther when there is another page. */
    public <T> List<T> shown(List<T> found) {
        return found.size() > limit ? found.subList(0, limit) : found;
    }
}
