package io.headwaiter.local.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What came out of one load: figures by name, in order, and whatever was found broken. */
final class Run {

    private final String name;
    private final Map<String, String> figures = new LinkedHashMap<>();
    private final List<String> broken = new ArrayList<>();

    Run(String name) {
        this.name = name;
    }

    Run with(String figure, long value) {
        return with(figure, "%,d".formatted(value));
    }

    Run with(String figure, String value) {
        figures.put(figure, value);
        return this;
    }

    /** Notes a count that must have this value, and else is a failure of the whole benchmark. */
    Run mustBe(long expected, String figure, long value) {
        if (value != expected) {
            broken.add("%s: %s is %,d and must be %,d".formatted(name, figure, value, expected));
        }
        return with(figure, value);
    }

    List<String> broken() {
        return broken;
    }

    /** A line a figure, a column a run. */
    static String table(List<Run> runs) {
        Set<String> labels = new LinkedHashSet<>();
        runs.forEach(run -> labels.addAll(run.figures.keySet()));
        StringBuilder table = new StringBuilder("%-44s".formatted(""));
        runs.forEach(run -> table.append("%22s".formatted(run.name)));
        table.append('\n');
        for (String label : labels) {
            table.append("%-44s".formatted(label));
            runs.forEach(run -> table.append("%22s".formatted(run.figures.getOrDefault(label, ""))));
            table.append('\n');
        }
        return table.toString();
    }
}
