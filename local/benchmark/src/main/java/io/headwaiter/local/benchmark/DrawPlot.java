package io.headwaiter.local.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/** A plot as SVG: a line for each curve, one colour for each name, so that the rounds of one contestant lie over each other. */
final class DrawPlot {

    private static final int WIDTH = 540;
    private static final int HEIGHT = 270;
    private static final int LEFT = 58;
    private static final int RIGHT = 20;
    private static final int TOP = 8;
    private static final int BOTTOM = 24;
    private static final int LEGEND_LINE = 15;
    private static final String[] COLOURS = {
        "#1b6ca8", "#d1495b", "#3a7d44", "#edae49", "#6a4c93", "#00798c", "#8d5524", "#555555", "#e377c2", "#17becf"
    };
    /** Where percentiles are marked: of those that matter there are few. */
    private static final double[] PERCENTILES = {0, 50, 90, 99, 99.9, 99.99};

    private static final double BEYOND = 99.99;

    private final boolean percentiles;
    private final List<Curve> curves;
    private final List<String> names;
    private final double mostX;
    private final double leastY;
    private final double mostY;

    private DrawPlot(String title, List<Curve> curves) {
        this.percentiles = title.equals(Curve.LATENCY);
        this.curves = curves;
        this.names = curves.stream().map(Curve::line).distinct().toList();
        this.mostX = Math.max(1, all(point -> point.x()).max().orElse(1));
        this.mostY =
                Math.max(percentiles ? 10 : 1e-3, all(point -> point.y()).max().orElse(1));
        this.leastY = percentiles
                ? Math.max(0.1, all(point -> point.y()).filter(y -> y > 0).min().orElse(0.1))
                : 0;
    }

    private interface Coordinate {
        double of(Curve.Point point);
    }

    private DoubleStream all(Coordinate coordinate) {
        return curves.stream().flatMap(curve -> curve.points().stream()).mapToDouble(coordinate::of);
    }

    static String of(String title, List<Curve> curves) {
        return new DrawPlot(title, curves).draw();
    }

    private String draw() {
        StringBuilder svg = new StringBuilder(
                "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' font-family='sans-serif' font-size='11'>"
                        .formatted(WIDTH, HEIGHT + LEGEND_LINE * ((names.size() + 1) / 2)));
        for (double y : ticksY()) {
            svg.append(text(
                            "<line x1='%d' x2='%d' y1='%.1f' y2='%.1f' stroke='#ddd'/>",
                            LEFT, WIDTH - RIGHT, y(y), y(y)))
                    .append(text(
                            "<text x='%d' y='%.1f' text-anchor='end'>%s</text>", LEFT - 5, y(y) + 4, Run.shown(y)));
        }
        for (double x : ticksX()) {
            svg.append(text(
                            "<line x1='%.1f' x2='%.1f' y1='%d' y2='%d' stroke='#eee'/>",
                            x(x), x(x), TOP, HEIGHT - BOTTOM))
                    .append(text("<text x='%.1f' y='%d' text-anchor='middle'>%s</text>", x(x), HEIGHT - 8, label(x)));
        }
        for (Curve curve : curves) {
            StringBuilder points = new StringBuilder();
            curve.points().forEach(point -> points.append(text("%.1f,%.1f ", x(point.x()), y(point.y()))));
            svg.append("<polyline fill='none' stroke-width='1.4' stroke='%s' points='%s'/>"
                    .formatted(colour(curve.line()), points));
        }
        for (int i = 0; i < names.size(); i++) {
            int x = LEFT + i % 2 * (WIDTH - LEFT) / 2;
            int y = HEIGHT + 10 + LEGEND_LINE * (i / 2);
            svg.append("<rect x='%d' y='%d' width='10' height='10' fill='%s'/><text x='%d' y='%d'>%s</text>"
                    .formatted(x, y - 9, colour(names.get(i)), x + 15, y, names.get(i)));
        }
        return svg.append("</svg>").toString();
    }

    private String colour(String name) {
        return COLOURS[names.indexOf(name) % COLOURS.length];
    }

    private double[] ticksX() {
        return percentiles ? PERCENTILES : round(mostX);
    }

    private double[] ticksY() {
        if (!percentiles) {
            return round(mostY);
        }
        List<Double> ticks = new ArrayList<>();
        for (double decade = Math.pow(10, Math.floor(Math.log10(leastY))); decade <= mostY; decade *= 10) {
            ticks.addAll(List.of(decade, 2 * decade, 5 * decade));
        }
        return ticks.stream()
                .mapToDouble(Double::doubleValue)
                .filter(y -> y >= leastY && y <= mostY)
                .toArray();
    }

    /** Four to eight round numbers from 0 on. */
    private static double[] round(double most) {
        double step = Math.pow(10, Math.floor(Math.log10(most / 4)));
        double fitting = DoubleStream.of(1, 2, 5, 10)
                .map(times -> times * step)
                .filter(each -> most / each <= 8)
                .findFirst()
                .orElse(10 * step);
        return DoubleStream.iterate(0, value -> value <= most, value -> value + fitting)
                .toArray();
    }

    private String label(double x) {
        return percentiles
                ? (x == 0 ? "" : "p" + (x == Math.rint(x) ? Long.toString((long) x) : Double.toString(x)))
                : Run.shown(x);
    }

    /** Each nine takes as much room as the one before. */
    private double x(double x) {
        DoubleUnaryOperator nines = percentile -> -Math.log10(1 - Math.min(percentile, BEYOND) / 100);
        double share = percentiles ? nines.applyAsDouble(x) / nines.applyAsDouble(BEYOND) : x / mostX;
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private double y(double y) {
        double share = percentiles ? Math.log10(Math.max(y, leastY) / leastY) / Math.log10(mostY / leastY) : y / mostY;
        return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
    }

    /** With a point for the fraction, wherever it is run. */
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
