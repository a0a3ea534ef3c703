package io.headwaiter.local.benchmark;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One line of a plot.
 *
 * @param plot the title of the plot, the same for all lines that belong into it, units included
 * @param line what this line shows
 */
record Curve(String plot, String line, List<Point> points) {

    static final String ANSWERS = "answers a second, by seconds";
    static final String LAG = "requests in the topic that are not decided, by seconds";
    static final String CPU = "cores used, by seconds";
    static final String LATENCY = "milliseconds to the answer, by percentile";

    record Point(double x, double y) {}

    Curve {
        points = List.copyOf(points);
    }

    /** A value each second, from 0 on. */
    static Curve eachSecond(String plot, String line, double[] values) {
        return new Curve(
                plot,
                line,
                IntStream.range(0, values.length)
                        .mapToObj(second -> new Point(second, values[second]))
                        .toList());
    }
}
