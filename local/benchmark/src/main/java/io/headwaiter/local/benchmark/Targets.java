package io.headwaiter.local.benchmark;

import static io.headwaiter.local.benchmark.Run.HEADWAITER;
import static io.headwaiter.local.benchmark.Synchronous.SYNCHRONOUS;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What is to be reached, by the medians of one run. */
final class Targets {

    static final String MISSED = "MISSED";

    /** A figure of one contestant in one load. */
    private record Of(Load load, String contestant, String figure) {

        Optional<Double> in(Report report) {
            return report.summary(load, contestant, figure).map(Report.Summary::median);
        }
    }

    /**
     * One line.
     *
     * @param over what it is divided by, if by anything
     * @param goal to be reached, from below or, when {@code atMost}, from above
     */
    private record Target(String what, Of figure, Optional<Of> over, double goal, double stretch, boolean atMost) {

        OptionalDouble reached(Report report) {
            Optional<Double> ours = figure.in(report);
            Optional<Double> theirs = over.isPresent() ? over.get().in(report) : Optional.of(1.0);
            return ours.isPresent() && theirs.isPresent() && theirs.get() > 0
                    ? OptionalDouble.of(ours.get() / theirs.get())
                    : OptionalDouble.empty();
        }

        boolean isMet(double value, double bound) {
            return atMost ? value <= bound : value >= bound;
        }
    }

    private static final List<Target> ALL = List.of(
            ratio("spread: answered a second, over synchronous", Load.SPREAD, Figures.ANSWERED, 1.25, 1.5, false),
            ratio(
                    "spread: database CPU a booking, over synchronous",
                    Load.SPREAD,
                    Figures.DATABASE_CPU,
                    0.4,
                    0.33,
                    true),
            ratio("rush: answered a second, over synchronous", Load.RUSH, Figures.ANSWERED, 0.8, 1.2, false),
            ours("POST to 201 at 500 a second: median ms", Load.LATENCY, Figures.MEDIAN, 6, 4),
            ours("POST to 201 at 500 a second: p99 ms", Load.LATENCY, Figures.P99, 20, 12),
            ratio("slow: answered a second, over synchronous", Load.SLOW, Figures.ANSWERED, 3, 5, false),
            ratio("accept: 202 a second, over synchronous bookings", Load.ACCEPT, Figures.ACCEPTED, 2.5, 4, false),
            ours("database away 20 s: requests refused", Load.AWAY, Figures.REFUSED, 0, 0),
            ours("database away 20 s: requests lost", Load.AWAY, Figures.LOST, 0, 0),
            ours("database away 20 s: seconds to decide the backlog", Load.AWAY, Figures.CAUGHT_UP, 10, 5),
            ours(
                    "heap of the gateway at full load, MB",
                    Load.HEAPS,
                    WatchHeaps.liveHeap("gateway", "at the end"),
                    512,
                    256),
            ours(
                    "heap of the worker at full load, MB",
                    Load.HEAPS,
                    WatchHeaps.liveHeap("worker", "at the end"),
                    512,
                    256),
            started("gateway: seconds from start to ready", StartUp.GATEWAY),
            started("worker: seconds from start to ready", StartUp.WORKER),
            new Target(
                    "backlog: decided a second, over the ceiling",
                    new Of(Load.BACKLOG, HEADWAITER, Figures.DECIDED),
                    Optional.of(new Of(Load.BACKLOG, DecideBacklog.CEILING, Figures.DECIDED)),
                    0.4,
                    0.5,
                    false),
            new Target(
                    "backlog: decided a second, over record at a time",
                    new Of(Load.BACKLOG, HEADWAITER, Figures.DECIDED),
                    Optional.of(new Of(Load.BACKLOG, DecideBacklog.RECORD_AT_A_TIME, Figures.DECIDED)),
                    4,
                    6,
                    false),
            grown("10,000,000 reservations: decided a second, over 10,000", Figures.DECIDED, 0.85, 0.95, false),
            grown("10,000,000 reservations: availability p99, over 10,000", Figures.P99, 1.3, 1.1, true));

    private Targets() {}

    private static Target grown(String what, String figure, double goal, double stretch, boolean atMost) {
        return new Target(
                what,
                new Of(Load.GROWTH, Grow.MANY, figure),
                Optional.of(new Of(Load.GROWTH, Grow.FEW, figure)),
                goal,
                stretch,
                atMost);
    }

    private static Target ratio(String what, Load load, String figure, double goal, double stretch, boolean atMost) {
        return new Target(
                what,
                new Of(load, HEADWAITER, figure),
                Optional.of(new Of(load, SYNCHRONOUS, figure)),
                goal,
                stretch,
                atMost);
    }

    private static Target started(String what, String figure) {
        return new Target(what, new Of(Load.START, StartUp.WITH_CACHE, figure), Optional.empty(), 4, 2, true);
    }

    /** Not compared with anybody; the less, the better. */
    private static Target ours(String what, Load load, String figure, double goal, double stretch) {
        return new Target(what, new Of(load, HEADWAITER, figure), Optional.empty(), goal, stretch, true);
    }

    /** One that was measured. */
    record Line(String what, double reached, double goal, double stretch, String verdict) {}

    static List<Line> reached(Report report) {
        return ALL.stream()
                .flatMap(target -> target.reached(report).stream().mapToObj(value -> line(target, value)))
                .toList();
    }

    private static Line line(Target target, double reached) {
        return new Line(
                target.what(),
                reached,
                target.goal(),
                target.stretch(),
                target.isMet(reached, target.stretch())
                        ? "met, stretch too"
                        : target.isMet(reached, target.goal()) ? "met" : MISSED);
    }

    static String table(Report report) {
        List<Line> lines = reached(report);
        if (lines.isEmpty()) {
            return "";
        }
        StringBuilder table = new StringBuilder(
                "%-58s%12s%12s%12s  %s%n".formatted("of the medians", "reached", "target", "stretch", ""));
        lines.forEach(line -> table.append("%-58s%12s%12s%12s  %s%n"
                .formatted(
                        line.what(),
                        Run.shown(line.reached()),
                        Run.shown(line.goal()),
                        Run.shown(line.stretch()),
                        line.verdict())));
        return table.toString();
    }
}
