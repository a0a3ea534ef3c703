package io.headwaiter.local.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** What came out of one load for one contestant: figures by name, in order, curves to be drawn, and whatever was found broken. */
final class Run {

    /** Who is measured when nobody else is. */
    static final String HEADWAITER = "headwaiter";

    private final Load load;
    private final String contestant;
    private final int round;
    private final Map<String, Double> figures = new LinkedHashMap<>();
    private final Map<String, String> remarks = new LinkedHashMap<>();
    private final List<Curve> curves = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    Run(Load load, String contestant, int round) {
        this.load = load;
        this.contestant = contestant;
        this.round = round;
    }

    Run with(String figure, double value) {
        figures.put(figure, value);
        return this;
    }

    /** What is no number. */
    Run with(String figure, String remark) {
        remarks.put(figure, remark);
        return this;
    }

    /** Notes a count that must have this value, and else is a failure of the whole benchmark. */
    Run mustBe(long expected, String figure, long value) {
        if (value != expected) {
            broken.add("%s, %s, round %d: %s is %,d and must be %,d"
                    .formatted(load, contestant, round, figure, value, expected));
        }
        return with(figure, value);
    }

    Run with(Curve curve) {
        curves.add(curve);
        return this;
    }

    Load load() {
        return load;
    }

    String contestant() {
        return contestant;
    }

    int round() {
        return round;
    }

    /** In the order in which they were noted. */
    Map<String, Double> figures() {
        return figures;
    }

    Map<String, String> remarks() {
        return remarks;
    }

    OptionalDouble figure(String name) {
        Double value = figures.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    List<Curve> curves() {
        return curves;
    }

    List<String> broken() {
        return broken;
    }

    /** A round in which something was lost, or two parties met at one table, is none. */
    boolean counts() {
        return broken.isEmpty();
    }

    /** As many digits as there is sense in. */
    static String shown(double value) {
        double size = Math.abs(value);
        return size >= 100 || value == Math.rint(value)
                ? "%,.0f".formatted(value)
                : String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }

    /** It in one line, for whoever watches. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder("%s, %s, round %d:".formatted(load, contestant, round));
        figures.forEach((figure, value) ->
                line.append(' ').append(figure).append(' ').append(shown(value)).append(';'));
        remarks.forEach((figure, remark) ->
                line.append(' ').append(figure).append(' ').append(remark).append(';'));
        return line.toString();
    }
}
