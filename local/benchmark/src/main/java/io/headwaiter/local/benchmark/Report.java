package io.headwaiter.local.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** All rounds of a benchmark, and what they say together. */
final class Report {

    private static final String LABEL = "%-46s";
    private static final String COLUMN = "%36s";

    private final List<Run> runs = new ArrayList<>();

    void add(Run run) {
        runs.add(run);
    }

    List<Run> runs() {
        return runs;
    }

    /** The middle of the rounds that count, the least and the most of them. */
    record Summary(double median, double least, double most, int rounds) {

        static Optional<Summary> of(double[] sorted) {
            int count = sorted.length;
            return count == 0
                    ? Optional.empty()
                    : Optional.of(new Summary(
                            (sorted[(count - 1) / 2] + sorted[count / 2]) / 2, sorted[0], sorted[count - 1], count));
        }

        @Override
        public String toString() {
            return rounds == 1
                    ? Run.shown(median)
                    : "%s (%s to %s)".formatted(Run.shown(median), Run.shown(least), Run.shown(most));
        }
    }

    Optional<Summary> summary(Load load, String contestant, String figure) {
        return Summary.of(of(load, contestant).stream()
                .filter(Run::counts)
                .map(run -> run.figure(figure))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .sorted()
                .toArray());
    }

    List<Load> loads() {
        return runs.stream().map(Run::load).distinct().toList();
    }

    List<String> contestants(Load load) {
        return runs.stream()
                .filter(run -> run.load() == load)
                .map(Run::contestant)
                .distinct()
                .toList();
    }

    List<Run> of(Load load, String contestant) {
        return runs.stream()
                .filter(run -> run.load() == load && run.contestant().equals(contestant))
                .toList();
    }

    List<String> figures(Load load) {
        Set<String> figures = new LinkedHashSet<>();
        runs.stream().filter(run -> run.load() == load).forEach(run -> {
            figures.addAll(run.figures().keySet());
            figures.addAll(run.remarks().keySet());
        });
        return List.copyOf(figures);
    }

    /** Of all rounds together: the median, the least and the most; or what is no number, of the last round. */
    String shown(Load load, String contestant, String figure) {
        return summary(load, contestant, figure).map(Summary::toString).orElseGet(() -> of(load, contestant).stream()
                .map(run -> run.remarks().getOrDefault(figure, ""))
                .reduce("", (one, other) -> other));
    }

    List<String> broken() {
        return runs.stream().flatMap(run -> run.broken().stream()).toList();
    }

    /** A table for each load: a line a figure, a column a contestant. */
    String tables() {
        return loads().stream().map(this::table).collect(Collectors.joining("\n"));
    }

    private String table(Load load) {
        List<String> contestants = contestants(load);
        StringBuilder table = new StringBuilder(LABEL.formatted(load));
        contestants.forEach(contestant -> table.append(COLUMN.formatted(contestant)));
        table.append('\n');
        for (String figure : figures(load)) {
            table.append(LABEL.formatted("  " + figure));
            contestants.forEach(contestant -> table.append(COLUMN.formatted(shown(load, contestant, figure))));
            table.append('\n');
        }
        return table.toString();
    }
}
