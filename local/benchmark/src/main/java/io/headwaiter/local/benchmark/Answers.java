package io.headwaiter.local.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What callers were told, and after how long. Written by the one thread that hears all answers; read when nobody asks any more. */
final class Answers {

    private static final int STATUSES = 600;
    private static final double[] PERCENTILES = {
        0, 10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90, 92, 94, 95, 96, 97, 98, 98.5, 99, 99.3, 99.5, 99.7, 99.8, 99.9,
        99.95, 99.99, 100
    };

    private final long start = System.nanoTime();
    private final int[] byStatus = new int[STATUSES];
    private final Histogram latencies = new Histogram(3);
    private final int[] eachSecond;
    private volatile long from = Long.MAX_VALUE;
    private volatile long to = Long.MAX_VALUE;
    private int measured;

    Answers(int mostSeconds) {
        eachSecond = new int[mostSeconds];
    }

    synchronized void add(int status, long asked) {
        long now = System.nanoTime();
        byStatus[status]++;
        int second = (int) TimeUnit.NANOSECONDS.toSeconds(now - start);
        if (second < eachSecond.length) {
            eachSecond[second]++;
        }
        if (now >= from && now < to) {
            measured++;
            latencies.recordValue(now - asked);
        }
    }

    /** So many have passed since there was anybody to be answered. */
    int wholeSeconds() {
        return (int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    }

    /** How many came in these seconds, the last one not included. */
    synchronized int between(int first, int end) {
        int sum = 0;
        for (int second = Math.max(0, first); second < Math.min(end, eachSecond.length); second++) {
            sum += eachSecond[second];
        }
        return sum;
    }

    /** What comes from now on is measured. */
    void measure() {
        from = System.nanoTime();
    }

    /** What comes from now on is not. */
    void enough() {
        to = System.nanoTime();
    }

    double seconds() {
        return (to - from) / 1e9;
    }

    /** That came while it was measured. */
    synchronized int measured() {
        return measured;
    }

    /** All there ever were, warming up included. */
    synchronized int with(int status) {
        return byStatus[status];
    }

    /** All but those with these. */
    synchronized int others(int... expected) {
        int sum = 0;
        for (int count : byStatus) {
            sum += count;
        }
        for (int status : expected) {
            sum -= byStatus[status];
        }
        return sum;
    }

    /** What they were, but for those with these, for whoever must find out. */
    synchronized String othersByStatus(int... expected) {
        StringBuilder text = new StringBuilder();
        for (int status = 0; status < STATUSES; status++) {
            int each = status;
            if (byStatus[status] > 0 && Arrays.stream(expected).noneMatch(one -> one == each)) {
                text.append(status).append(": ").append(byStatus[status]).append(' ');
            }
        }
        return text.toString().strip();
    }

    double perSecond() {
        return measured() / seconds();
    }

    void latenciesInto(Run run, String of) {
        String prefix = of.isEmpty() ? "" : of + ", ";
        run.with(prefix + Figures.MEDIAN, millis(50))
                .with(prefix + "p90 ms", millis(90))
                .with(prefix + Figures.P99, millis(99))
                .with(prefix + "p99.9 ms", millis(99.9))
                .with(prefix + "max ms", millis(100));
        List<Curve.Point> points = new ArrayList<>();
        for (double percentile : PERCENTILES) {
            points.add(new Curve.Point(percentile, millis(percentile)));
        }
        run.with(new Curve(Curve.LATENCY, of.isEmpty() ? run.contestant() : of, points));
    }

    private double millis(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e6;
    }

    /** The last second may not be a whole one. */
    Curve curve(String line) {
        int seconds = (int) Math.min(eachSecond.length, TimeUnit.NANOSECONDS.toSeconds(to - start));
        double[] values = new double[seconds];
        for (int i = 0; i < seconds; i++) {
            values[i] = eachSecond[i];
        }
        return Curve.eachSecond(Curve.ANSWERS, line, values);
    }
}
